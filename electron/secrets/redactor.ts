import { HIDDEN, Secret } from './secret.ts'
import { spellingsOf } from './spellings.ts'

/** Shorter values would black out ordinary words; such secrets still never leave their `Secret`. */
const SHORTEST = 4

/**
 * Replaces every registered secret in text that leaves the program, in each of its spellings; see `spellings.ts`.
 * It cannot know what a stranger's encryption, hash or compression makes of a secret.
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
