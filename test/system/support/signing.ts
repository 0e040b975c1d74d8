import { createPublicKey, type JsonWebKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { expect } from 'vitest'
import { openssl } from '../../integration/certificate/openssl.ts'

/** What a running service publishes and signs, asked and verified by node:crypto alone. */

/** A service, and a client that it gives tokens to. */
export interface AskedService {
  /** Without a slash at its end. */
  readonly url: string
  readonly client: { readonly id: string; readonly secret: string }
}

export type PublishedKey = Readonly<Record<string, unknown>>

/** How long an answer may take before it counts as none, in milliseconds. */
const PATIENCE_MS = 5000

export function requestToken({ url, client }: AskedService): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
  })
  return ask(`${url}/connect/token`, { method: 'POST', body })
}

export async function publishedKeys({ url }: Pick<AskedService, 'url'>): Promise<readonly PublishedKey[]> {
  const answer = await ask(`${url}/.well-known/openid-configuration/jwks`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { keys: PublishedKey[] }).keys
}

/** A new connection each time: one that is kept would outlive a restart in ways of its own. */
function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { connection: 'close' }
  return fetch(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
}

interface Token {
  readonly header: { readonly alg: string; readonly kid: string }
  readonly signed: string
  readonly signature: Buffer
}

async function tokenOf(service: AskedService): Promise<Token> {
  const answer = await requestToken(service)
  if (answer.status !== 200) throw new Error(`The token endpoint answered ${answer.status}.`)
  const { access_token } = (await answer.json()) as { access_token: string }
  const [header, payload, signature] = access_token.split('.') as [string, string, string]
  return {
    header: JSON.parse(Buffer.from(header, 'base64url').toString()) as Token['header'],
    signed: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  }
}

function isSigned(text: string, { header, signature }: Token, publicKey: KeyObject): boolean {
  const by = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  return verify(`sha${header.alg.slice(2)}`, Buffer.from(text), by, signature)
}

/**
 * A token, as a program takes one: verified with the key of its name among those that the service publishes.
 * @throws Error when there is none, or it does not verify.
 */
export async function fetchVerified(service: AskedService): Promise<void> {
  const token = await tokenOf(service)
  const key = (await publishedKeys(service)).find(({ kid }) => kid === token.header.kid)
  if (!key) throw new Error(`No key ${token.header.kid} is published.`)
  if (!isSigned(token.signed, token, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })))
    throw new Error('The token is not signed with the published key.')
}

/** The service publishes this certificate alone, and signs a token with its key. */
export async function expectSigns(service: AskedService, certificate: X509Certificate): Promise<void> {
  const { alg, kid, x5t, x5c } = identityOf(certificate)
  const key = certificate.publicKey.export({ format: 'jwk' })
  expect(await publishedKeys(service)).toEqual([{ use: 'sig', alg, kid, ...x5t, ...x5c, ...key }])
  const token = await tokenOf(service)
  expect(token.header).toEqual({ alg, kid, ...x5t, typ: 'at+jwt' })
  expect(isSigned(token.signed, token, certificate.publicKey)).toBe(true)
  expect(isSigned(`${token.signed}x`, token, certificate.publicKey)).toBe(false)
}

/** SHA-1 of a certificate, as Windows writes it. */
export function thumbprintOf({ fingerprint }: X509Certificate): string {
  return fingerprint.replaceAll(':', '')
}

/**
 * How the engine names a certificate: the key id is the thumbprint and the algorithm, and RSA keys come with their
 * certificate. An EC key can sign only as a bare key, which has none of its own.
 */
function identityOf(certificate: X509Certificate) {
  const thumbprint = thumbprintOf(certificate)
  const alg = algorithmOf(certificate.publicKey)
  const rsa = alg === 'RS256'
  return {
    alg,
    kid: thumbprint + alg,
    x5t: rsa ? { x5t: Buffer.from(thumbprint, 'hex').toString('base64url') } : {},
    x5c: rsa ? { x5c: [certificate.raw.toString('base64')] } : {},
  }
}

/** Of token signatures (RFC 7518, 3.1), by the key alone. */
function algorithmOf({ asymmetricKeyDetails: details }: KeyObject): string {
  const curves: Readonly<Record<string, string>> = {
    prime256v1: 'ES256',
    secp384r1: 'ES384',
    secp521r1: 'ES512',
  }
  return curves[details?.namedCurve ?? ''] ?? 'RS256'
}

/** The certificate in a PFX without a password, as openssl reads it. */
export async function certificateIn(pfx: string): Promise<X509Certificate> {
  const pem = await openssl(['pkcs12', '-in', pfx, '-passin', 'pass:', '-nokeys', '-clcerts'])
  return new X509Certificate(pem.slice(pem.indexOf('-----BEGIN')))
}
