import { createHash } from 'node:crypto'
import { SetupError } from '../contract/problem.ts'
import type { Network } from '../machine/machine.ts'
import { exchange, type ExchangeOptions, jsonObject, type Subject } from './exchange.ts'

/** One published signing key (RFC 7517). */
export interface PublishedKey {
  readonly kty: string
  readonly kid?: string
  readonly use?: string
  readonly alg?: string
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  /** Base64url SHA-1 of the certificate. */
  readonly x5t?: string
  /** Certificates, base64 DER, the key's own first. */
  readonly x5c?: readonly string[]
}

export interface KeySet {
  readonly keys: readonly PublishedKey[]
}

/** The public half of the key that ought to be in use. */
export type ExpectedKey =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string }

/** `certificate`: whether the key is published with the certificate expected, with another one, or with none. */
export type KeyMatch =
  | { readonly found: true; readonly key: PublishedKey; readonly certificate: 'same' | 'other' | 'unnamed' }
  | { readonly found: false; readonly published: readonly string[] }

const subject: Subject = { code: 'keys', name: 'a set of signing keys' }

/**
 * Asks the service for the public halves of the keys it signs with.
 *
 * @param jwksUri the address in the discovery document.
 * @throws SetupError as `readDiscovery` with `keys.` before the kind; `keys.none`
 */
export async function readKeys(
  network: Network,
  jwksUri: string,
  options: ExchangeOptions = {},
): Promise<KeySet> {
  const answer = await exchange(network, subject, jwksUri, {
    ...options,
    headers: { accept: 'application/json' },
  })
  const { keys } = jsonObject(subject, jwksUri, answer)
  const usable = Array.isArray(keys) ? keys.filter((key) => isKey(key)) : []
  if (usable.length === 0)
    throw new SetupError({
      code: 'keys.none',
      what: `${jwksUri} publishes no signing key.`,
      cause: 'The service runs without a certificate, or another service answers.',
      next: 'Check X509CertificatePath in appsettings.json and the log of the service.',
    })
  return { keys: usable }
}

/**
 * Looks for the key of a certificate among the published ones. Public keys are compared, not names: the service can
 * publish a key without its certificate.
 *
 * @param thumbprint hexadecimal SHA-1 of the certificate.
 */
export function findKey(set: KeySet, expected: ExpectedKey, thumbprint: string): KeyMatch {
  const same = set.keys.filter((key) => samePublicKey(key, expected))
  if (same.length === 0) return { found: false, published: set.keys.map((key) => labelOf(key)) }
  const wanted = thumbprint.replace(/[^0-9A-Fa-f]/g, '').toUpperCase()
  const exact = same.find((key) => thumbprintsOf(key).includes(wanted))
  if (exact !== undefined) return { found: true, key: exact, certificate: 'same' }
  const key = same[0]!
  return { found: true, key, certificate: thumbprintsOf(key).length === 0 ? 'unnamed' : 'other' }
}

function isKey(value: unknown): value is PublishedKey {
  if (value === null || typeof value !== 'object') return false
  const { kty, use } = value as Partial<PublishedKey>
  return typeof kty === 'string' && (use === undefined || use === 'sig')
}

function samePublicKey(key: PublishedKey, expected: ExpectedKey): boolean {
  if (key.kty !== expected.kty) return false
  if (expected.kty === 'RSA') return sameNumber(key.n, expected.n) && sameNumber(key.e, expected.e)
  return key.crv === expected.crv && sameNumber(key.x, expected.x) && sameNumber(key.y, expected.y)
}

/** Compares numbers, not spellings: padding, the alphabet of base64 and leading zeros do not count. */
function sameNumber(one: unknown, other: string): boolean {
  return typeof one === 'string' && one !== '' && numberOf(one) === numberOf(other)
}

function numberOf(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('hex')
    .replace(/^(00)+/, '')
}

/**
 * Upper-case hexadecimal SHA-1s of the certificate a key is published with. An EC key is published bare: only its name
 * tells of the certificate, the thumbprint with the algorithm behind it.
 */
function thumbprintsOf(key: PublishedKey): string[] {
  const named = typeof key.x5t === 'string' ? [Buffer.from(key.x5t, 'base64').toString('hex')] : []
  const own: unknown = Array.isArray(key.x5c) ? key.x5c[0] : undefined
  if (typeof own === 'string') named.push(createHash('sha1').update(Buffer.from(own, 'base64')).digest('hex'))
  const [, inName] = (typeof key.kid === 'string' && /^([0-9A-F]{40})[A-Z]{2}\d{3}$/.exec(key.kid)) || []
  if (named.length === 0 && inName !== undefined) named.push(inName)
  return named.map((hex) => hex.toUpperCase())
}

function labelOf(key: PublishedKey): string {
  return typeof key.kid === 'string' ? key.kid : `${key.kty} without a name`
}
