import type { Redactor } from './redactor.ts'
import { Secret } from './secret.ts'

/**
 * The secrets of one session, by name. Everything put in is registered with the redactor before anyone can use
 * it. Answers, plans and pages hold only the name.
 *
 * None is forgotten before the session ends: going back, trying again, undoing and the same answers for another
 * installation need them, and the redactor, which has to know them as long as anything is written, holds them anyway.
 */
export class Vault {
  readonly #secrets = new Map<string, Secret>()
  readonly #redactor: Redactor

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  /**
   * @param hides what of the value must never be shown, where that is only a part of it, such as the password in a
   *   connection string; left out, all of it.
   */
  put(name: string, value: string, hides: (value: Secret) => readonly Secret[] = (all) => [all]): Secret {
    const secret = new Secret(value)
    this.#redactor.register(...hides(secret))
    this.#secrets.set(name, secret)
    return secret
  }

  get(name: string): Secret | undefined {
    return this.#secrets.get(name)
  }
}
