import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Texts that the grammar has accepted, kept in a file from run to run: it takes seconds to read those of all tests. Only
 * their digests are kept, each with the reader that accepted it.
 */
export class Accepted {
  readonly #file: string
  readonly #reader: string
  readonly #digests: Set<string>

  /** @param reader what decides what is accepted: its version, and the code around it */
  constructor(file: string, reader: string) {
    this.#file = file
    this.#reader = reader
    this.#digests = new Set(linesOf(file))
  }

  has(text: string): boolean {
    return this.#digests.has(this.#digestOf(text))
  }

  add(text: string): void {
    const digest = this.#digestOf(text)
    this.#digests.add(digest)
    mkdirSync(dirname(this.#file), { recursive: true })
    appendFileSync(this.#file, `${digest}\n`)
  }

  #digestOf(text: string): string {
    return createHash('sha256').update(`${this.#reader}\0${text}`).digest('base64')
  }
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    // Nothing was accepted yet.
    return []
  }
}
