/** Tolerant readers for what `docker inspect` prints: engines leave out, null or retype what they do not know. */

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function strings(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record(value)).map(([key, item]) => [key, text(item)]))
}

/** `["A=1", "B=x=y"]` as `{ A: '1', B: 'x=y' }`. */
export function environmentOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list(value)
      .map(text)
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
}
