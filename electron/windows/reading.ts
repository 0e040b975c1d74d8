/**
 * Tolerant readers for what ConvertTo-Json of Windows PowerShell 5.1 makes of its objects:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json?view=powershell-5.1
 */

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/**
 * Unverified on a real server: whether a list that went through a pipe may come as its only element, as nothing, or as
 * `{"value": [...], "Count": 2}`. All of them are read as the list that was meant.
 */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  const { value: inner, Count: count } = record(value)
  if (Array.isArray(inner) && typeof count === 'number') return inner
  const empty = value === undefined || value === null || (typeof value === 'object' && isEmpty(value))
  return empty ? [] : [value]
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The texts of a list; whatever else stands in it is left out. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((one): one is string => typeof one === 'string')
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}
