import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { Secret } from '../secrets/secret.ts'
import type { Vault } from '../secrets/vault.ts'

/** Where references are looked up. */
export interface SecretSources {
  readonly machine: Machine
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly vault: Vault
  /** The next line of standard input, or undefined at its end. */
  readonly nextLine: () => Promise<string | undefined>
}

/**
 * Opens references: `env:NAME`, `file:PATH` (one line end at its end is not part of it), `stdin` (one line each,
 * in the order of the answers), `vault:NAME`. Whatever is found goes through the vault, so that it is redacted
 * from then on. Each reference is opened once.
 */
export class SecretReferences {
  readonly #sources: SecretSources

  constructor(sources: SecretSources) {
    this.#sources = sources
  }

  /**
   * Rejects with `secret.missing`, naming the reference and the answer's path, when there is no such secret.
   * @param hides see {@link Vault.put}.
   */
  async open(reference: string, path: string, hides?: (value: Secret) => readonly Secret[]): Promise<Secret> {
    const held = this.held(reference, path)
    if (held) return held
    const value = await this.#find(reference, path)
    if (value === undefined || value === '') throw missing(reference, path)
    return this.#sources.vault.put(heldAs(reference, path), value, hides)
  }

  /** What a reference was opened to, or undefined when nobody has opened it yet. Looks nowhere. */
  held(reference: string, path: string): Secret | undefined {
    return this.#sources.vault.get(heldAs(reference, path))
  }

  async #find(reference: string, path: string): Promise<string | undefined> {
    const { machine, environment, nextLine } = this.#sources
    if (reference === 'stdin') return nextLine()
    if (reference.startsWith('env:')) return variable(environment, reference.slice(4))
    if (!reference.startsWith('file:')) return undefined
    try {
      const bytes = await machine.files.read(reference.slice(5))
      return bytes && decoded(bytes).replace(/\r?\n$/, '')
    } catch (error) {
      throw unreadable(reference, path, error instanceof Error ? error.message : String(error))
    }
  }
}

/** Not what every object has by nature, such as `constructor`. */
function variable(environment: SecretSources['environment'], name: string): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined
}

/** UTF-8, or UTF-16 with its mark, as Windows PowerShell writes by `>`. A secret that was read wrongly opens nothing. */
function decoded(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('It is not a text in UTF-8.')
  }
}

/** Standard input gives another line for each answer; every other reference stands for one value. */
function heldAs(reference: string, path: string): string {
  if (reference.startsWith('vault:')) return reference.slice(6)
  return reference === 'stdin' ? `stdin ${path}` : reference
}

function missing(reference: string, path: string): SetupError {
  return new SetupError({
    code: 'secret.missing',
    what: `The secret for “${path}” was not found at ${reference}.`,
    where: { path },
    next: next(reference),
    untouched: 'Nothing was changed.',
  })
}

function unreadable(reference: string, path: string, why: string): SetupError {
  return new SetupError({
    code: 'secret.unreadable',
    what: `The secret for “${path}” could not be read from ${reference}.`,
    where: { path },
    cause: why,
    next: 'Save the secret alone into a text file in UTF-8 that this user may read.',
    untouched: 'Nothing was changed.',
  })
}

function next(reference: string): string {
  if (reference.startsWith('env:'))
    return `Set the environment variable ${reference.slice(4)} for this program.`
  if (reference.startsWith('file:')) return 'Put the secret into that file, or correct its path.'
  if (reference === 'stdin') return 'Feed it on standard input, one line a secret.'
  return 'Type it again: a running window holds it only until the window is closed.'
}
