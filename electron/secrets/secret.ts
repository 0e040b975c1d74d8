import { inspect } from 'node:util'

/** What a secret looks like wherever text leaves the program. */
export const HIDDEN = '[hidden]'

/**
 * A value that must not be shown: it prints as `[hidden]` in every way JavaScript has of printing, and is
 * opened only by calling {@link Secret.open} where the value itself is needed.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Hand it straight to what needs it; never keep it. */
  open(): string {
    return this.#value
  }

  /** Whether both hold the same value. */
  equals(other: Secret): boolean {
    return this.#value === other.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
