import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { StoredClient } from './client-store.ts'
import { authenticate, findScopes } from './client-store.ts'
import type { SigningKey } from './signing-key.ts'

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

/** IdentityServer4 reads no longer client ID or secret (`InputLengthRestrictions`). */
const LONGEST_CREDENTIAL = 100

/** Each refusal is a 400 that tells this word alone. */
export interface Refusal {
  readonly error: string
}

export interface TokenAnswer {
  readonly access_token: string
  /** Seconds. */
  readonly expires_in: number
  readonly token_type: 'Bearer'
  readonly scope: string
}

/**
 * Answers a form sent to the token endpoint. The order of the questions is the engine's: who is asking, for which
 * grant, for which scopes. Rejects with the driver's error when the database is lost.
 */
export async function requestToken(
  pool: Pool,
  key: SigningKey,
  issuer: string,
  form: URLSearchParams,
  authorization: string | undefined,
): Promise<TokenAnswer | Refusal> {
  const credentials = basicCredentials(authorization) ?? formCredentials(form)
  const client =
    credentials && !isTooLong(credentials) && (await authenticate(pool, credentials.id, credentials.secret))
  if (!client) return { error: 'invalid_client' }
  const refusal = refuseGrant(client, form)
  if (refusal !== undefined) return { error: refusal }
  const scopes = await grantedScopes(pool, client, form.get('scope'))
  if (scopes === undefined) return { error: 'invalid_scope' }
  return issue(key, issuer, client, scopes)
}

interface Credentials {
  readonly id: string
  readonly secret: string | undefined
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials(header: string | undefined): Credentials | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [, id, secret] = /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  return id ? { id: unescape(id), secret: unescape(secret!) } : undefined
}

function unescape(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function formCredentials(form: URLSearchParams): Credentials | undefined {
  const id = form.get('client_id')
  return id ? { id, secret: form.get('client_secret') ?? undefined } : undefined
}

function isTooLong({ id, secret = '' }: Credentials): boolean {
  return id.length > LONGEST_CREDENTIAL || secret.length > LONGEST_CREDENTIAL
}

/** Why the grant is refused; undefined for client credentials that this client may use. */
function refuseGrant(client: StoredClient, form: URLSearchParams): string | undefined {
  const grant = form.get('grant_type') ?? ''
  if (grant === 'refresh_token') return form.get('refresh_token') ? 'invalid_grant' : 'invalid_request'
  if (!['client_credentials', 'authorization_code', 'password', DEVICE_CODE].includes(grant))
    return 'unsupported_grant_type'
  if (!client.grantTypes.includes(grant)) return 'unauthorized_client'
  if (grant === 'client_credentials') return undefined
  return grant === 'password' ? 'unsupported_grant_type' : 'invalid_grant'
}

/** The scopes asked for, or, when none are, all of the client's; undefined when one of them cannot be had. */
async function grantedScopes(pool: Pool, client: StoredClient, asked: string | null) {
  const names = [...new Set((asked ?? '').split(' ').filter((name) => name !== ''))]
  if (names.length === 0) {
    const all = await findScopes(pool, client.scopes)
    return all.scopes.length === 0 ? undefined : all
  }
  if (!names.every((name) => client.scopes.includes(name))) return undefined
  const found = await findScopes(pool, names)
  return found.scopes.length === names.length ? found : undefined
}

async function issue(
  key: SigningKey,
  issuer: string,
  client: StoredClient,
  { scopes, audiences }: { readonly scopes: readonly string[]; readonly audiences: readonly string[] },
): Promise<TokenAnswer> {
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: key.algorithm, kid: key.kid, typ: 'at+jwt', ...(key.x5t && { x5t: key.x5t }) }
  const claims = {
    nbf: now,
    exp: now + client.accessTokenLifetime,
    iss: issuer,
    ...(audiences.length === 0 ? {} : { aud: audiences.length === 1 ? audiences[0] : audiences }),
    client_id: client.clientId,
    jti: randomBytes(16).toString('hex').toUpperCase(),
    iat: now,
    scope: scopes,
  }
  const unsigned = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = (await key.sign(unsigned)).toString('base64url')
  return {
    access_token: `${unsigned}.${signature}`,
    expires_in: client.accessTokenLifetime,
    token_type: 'Bearer',
    scope: scopes.join(' '),
  }
}
