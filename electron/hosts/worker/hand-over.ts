import type { Secret } from '../../secrets/secret.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { clientIn, type Prepared } from '../session/prepared.ts'

/** Where answers may refer to secrets: one path for each `secretReference` of their schema; `*` is every key. */
export const SECRET_PATHS = [
  'database.connectionString',
  'database.password',
  'database.administrator.password',
  'database.placeholders.*',
  'client.secret',
  'certificate.password',
  'certificate.pem.password',
  'container.https.password',
  'container.redis',
  'website.identity.password',
  'website.https.certificate.password',
] as const

/**
 * The secrets that a worker needs to plan as this session did, by path in the answers; what was made at the review
 * included. They go over the authenticated pipe and nowhere else.
 */
export function secretsFor(prepared: Prepared, references: SecretReferences): Record<string, string> {
  const found: Record<string, string> = {}
  for (const keys of placesIn(prepared.answers)) {
    const reference = valueAt(prepared.answers, keys)
    if (typeof reference !== 'string' || reference === 'generate') continue
    const path = keys.join('.')
    // What planning did not open belongs to a part of the answers that is not in use.
    const secret = references.held(reference, path)
    if (secret) found[path] = secret.open()
  }
  for (const [path, secret] of Object.entries(madeFor(prepared))) if (secret) found[path] = secret.open()
  return found
}

export interface HandedAnswers {
  /** The answers with every secret that was handed over referred to as `env:PATH`. */
  readonly answers: Record<string, unknown>
  /** The environment that those references are looked up in; never the process's own. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * The answers as the worker opens them: it looks for no secret by itself, because whoever sent them could make an
 * administrator's process read files and variables that are not theirs.
 */
export function handedAnswers(
  answers: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>,
  clientId: string | undefined,
): HandedAnswers {
  const handed = structuredClone(answers)
  const environment: Record<string, string> = {}
  for (const keys of placesIn(handed)) {
    const path = keys.join('.')
    const reference = valueAt(handed, keys)
    const value = secrets[path]
    if (value !== undefined) environment[path] = value
    else if (typeof reference !== 'string' || reference === 'generate') continue
    setAt(handed, keys, `env:${path}`)
  }
  if (clientId !== undefined) setAt(handed, ['client', 'id'], clientId)
  return { answers: handed, environment }
}

/** The id that was made at the review, when the answers leave it to this program. */
export function clientIdFor(prepared: Prepared): string | undefined {
  if (prepared.scenario === 'replace-certificate') return undefined
  return prepared.answers.client.id === 'generate' ? clientIn(prepared)?.id : undefined
}

/** Secrets that this program has made for answers that say `generate`, by path. */
function madeFor(prepared: Prepared): Record<string, Secret | undefined> {
  const client = clientIn(prepared)
  return {
    'client.secret': client?.from === 'generated' ? client.secret : undefined,
    ...(prepared.scenario === 'new-installation'
      ? { 'database.password': prepared.facts.newDatabase?.generated }
      : {}),
  }
}

/** The places of {@link SECRET_PATHS} as keys; those with `*` as many times as there are keys. */
function placesIn(data: unknown): readonly string[][] {
  return SECRET_PATHS.map((path) => path.split('.')).flatMap((keys) => {
    if (keys.at(-1) !== '*') return [keys]
    const parent = keys.slice(0, -1)
    const group = valueAt(data, parent)
    return isObject(group) ? Object.keys(group).map((key) => [...parent, key]) : []
  })
}

function valueAt(data: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, data)
}

/** Sets a value in an object that is there already. */
function setAt(data: Record<string, unknown>, keys: readonly string[], value: string): void {
  const parent = keys.length === 1 ? data : valueAt(data, keys.slice(0, -1))
  if (isObject(parent)) parent[keys.at(-1)!] = value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
