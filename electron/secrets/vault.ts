import type { Redactor } from './redactor.ts'
import { Secret } from './secret.ts'

/**
 * The secrets of one session, by name. Everything put in is registered with the redactor before anyone can use
 * it. Answers, plans and pages hold only the name.
 */
export class Vault {
  readonly #secrets = new Map<string, Secret>()
  readonly #redactor: Redactor

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  put(name: string, value: string): Secret {
    const secret = new Secret(value)
    this.#redactor.register(secret)
    this.#secrets.set(name, secret)
    return secret
  }

  get(name: string): Secret | undefined {
    return this.#secrets.get(name)
  }

  forget(name: string): void {
    this.#secrets.delete(name)
  }
}
