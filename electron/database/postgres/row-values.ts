import type { GraphColumn } from './client-graph.ts'

export type RowValue = string | number | boolean | null

/**
 * A session whose texts of values are the same whatever the server's settings are, and hold everything.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#RUNTIME-CONFIG-CLIENT-FORMAT
 */
export const EXACT_TEXTS = `
  set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local intervalstyle = 'iso_8601';
  set local bytea_output = 'hex'; set local extra_float_digits = 3; set local xmloption = 'content';`

/** A value of a column as JSON has it, from the server's text for it. Any other type stays that text. */
export function valueOf(text: string | null, { type }: GraphColumn): RowValue {
  if (text === null) return null
  if (type === 'integer' || type === 'smallint') return Number(text)
  if (type === 'boolean') return text === 'true' || text === 't'
  if (type.startsWith('timestamp')) return isoTime(text)
  return text
}

/** The text that the server reads back as the same value. */
export function textOf(value: RowValue): string | null {
  return value === null ? null : String(value)
}

/** `2026-01-02 03:04:05.123456+00` as ISO 8601; what is none, such as `infinity` and years before Christ, stays. */
function isoTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?$/.exec(text)
  return match ? `${match[1]}T${match[2]}${match[3] ? 'Z' : ''}` : text
}
