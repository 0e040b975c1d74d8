import { HIDDEN, Secret } from './secret.ts'

/** Shorter values would black out ordinary words; such secrets still never leave their `Secret`. */
const SHORTEST = 4

/**
 * Replaces every registered secret in text that leaves the program, in each spelling in which it may appear
 * there: plain, JSON-escaped once to three times (the vendor's `Clients` is JSON in a string in JSON), XML-escaped,
 * URL-encoded, Base64 and Base64url.
 */
export class Redactor {
  readonly #spellings = new Set<string>()
  #pattern: RegExp | undefined

  register(...secrets: readonly Secret[]): void {
    for (const secret of secrets)
      for (const spelling of spellingsOf(secret.open()))
        if (spelling.length >= SHORTEST) this.#spellings.add(spelling)
    this.#pattern = undefined
  }

  /** The text with every registered secret replaced by `[hidden]`. */
  redact(text: string): string {
    if (this.#spellings.size === 0) return text
    this.#pattern ??= new RegExp(
      [...this.#spellings]
        .sort((a, b) => b.length - a.length)
        .map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
        .join('|'),
      'g',
    )
    return text.replace(this.#pattern, HIDDEN)
  }

  /** A deep copy of plain data with every string in it redacted, names of properties included. */
  redactData<T>(data: T): T {
    return this.#copy(data) as T
  }

  #copy(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value)
    if (value instanceof Secret) return HIDDEN
    if (Array.isArray(value)) return value.map((item) => this.#copy(item))
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [this.redact(key), this.#copy(item)]),
      )
    return value
  }
}

function spellingsOf(value: string): string[] {
  const json = [value]
  for (let level = 0; level < 3; level++) json.push(jsonInner(json[level]!))
  const xml = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  const base64 = Buffer.from(value).toString('base64')
  return [
    ...json,
    xml,
    xml.replaceAll("'", '&apos;'),
    xml.replaceAll("'", '&#39;'),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value).toString('base64url'),
  ]
}

function jsonInner(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}
