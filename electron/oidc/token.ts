import { type Problem, SetupError } from '../contract/problem.ts'
import type { HttpAnswer, Network } from '../machine/machine.ts'
import { Redactor } from '../secrets/redactor.ts'
import { Secret } from '../secrets/secret.ts'
import { exchange, type ExchangeOptions, jsonObject, type Subject } from './exchange.ts'

export interface FetchedToken {
  readonly token: Secret
  /** Seconds. */
  readonly expiresIn: number
  readonly scope?: string
}

export interface TokenOptions extends ExchangeOptions {
  /** Space-separated. Without it the service gives all scopes the client may have. */
  readonly scope?: string
}

const subject: Subject = { code: 'token', name: 'a token' }

/**
 * Asks for a token as Creatio will: client_credentials, id and secret in the posted form (RFC 6749, 2.3.1 and 4.4).
 *
 * @throws SetupError as `readDiscovery` with `token.` before the kind; `token.invalid-client`, `.unauthorized-client`,
 * `.invalid-scope`, `.unsupported-grant-type`, `.invalid-request`, `.refused-by-service`, `.signing-failed`, `.no-token`
 */
export async function fetchToken(
  network: Network,
  tokenEndpoint: string,
  clientId: string,
  secret: Secret,
  { scope, ...options }: TokenOptions = {},
): Promise<FetchedToken> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret.open(),
    ...(scope === undefined ? {} : { scope }),
  })
  const answer = await exchange(network, subject, tokenEndpoint, {
    ...options,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  const refusal = refusalOf(answer, secret)
  if (refusal !== undefined) throw new SetupError(refusal)
  const { access_token, expires_in, scope: given } = jsonObject(subject, tokenEndpoint, answer)
  if (typeof access_token !== 'string' || access_token === '')
    throw new SetupError({
      code: 'token.no-token',
      what: `${tokenEndpoint} answers without a token.`,
      next: 'Check that the Identity Service itself answers there.',
    })
  return {
    token: new Secret(access_token),
    expiresIn: typeof expires_in === 'number' ? expires_in : 0,
    ...(typeof given === 'string' && { scope: given }),
  }
}

function refusalOf(answer: HttpAnswer, secret: Secret): Problem | undefined {
  if (answer.status === 500 && answer.body.trim() === '') return signingFailed
  if (answer.status !== 400 && answer.status !== 401) return undefined
  const { error, error_description: description } = oauthError(answer.body)
  if (error === undefined) return undefined
  const hide = new Redactor()
  hide.register(secret)
  const said = [error, description].filter((text) => text !== undefined).join(': ')
  return { ...(refusals.get(error) ?? otherRefusal), details: [hide.redact(said.slice(0, 500))] }
}

function oauthError(body: string): { error?: string; error_description?: string } {
  try {
    const { error, error_description } = JSON.parse(body) as Record<string, unknown>
    return {
      ...(typeof error === 'string' && { error }),
      ...(typeof error_description === 'string' && { error_description }),
    }
  } catch {
    return {}
  }
}

/** Discovery and keys answer as if all were well; only a token shows it. */
const signingFailed: Problem = {
  code: 'token.signing-failed',
  what: 'The service fails when it is to sign a token (500, empty answer).',
  cause:
    'Its database is away, or its certificate has an EC key while it signs with RS256; the log then has IDX10634.',
  next: 'Look at the log of the service. With an EC certificate, replace it by an RSA one and restart the service.',
}

const otherRefusal: Problem = {
  code: 'token.refused-by-service',
  what: 'The service refuses to give a token.',
  next: 'Look at the log of the service; set Logging:LogLevel:Default to Debug to see more.',
}

/** The errors of RFC 6749, 5.2, which this service sends without further words. */
const refusals = new Map<string, Problem>(
  Object.entries({
    invalid_client: {
      code: 'token.invalid-client',
      what: 'The service does not accept the client ID and secret.',
      cause:
        'The client is unknown or disabled, or its secret differs. The service reads Clients from appsettings.json only while the client is missing in the database, so a change made later has no effect.',
      next: 'Check that the service uses the intended database. Delete the client from Clients, ClientScopes, ClientSecrets and ClientClaims, then restart the service.',
    },
    unauthorized_client: {
      code: 'token.unauthorized-client',
      what: 'The client may not use client_credentials.',
      next: 'Put client_credentials into AllowedGrantTypes of the client, delete the client from the database and restart the service.',
    },
    invalid_scope: {
      code: 'token.invalid-scope',
      what: 'The client may not have a scope it asked for, or the service does not know that scope.',
      next: 'Compare AllowedScopes of the client with the table ClientScopes; in Creatio, check the default resource.',
    },
    unsupported_grant_type: {
      code: 'token.unsupported-grant-type',
      what: 'The service does not know the grant client_credentials.',
      next: 'Check that the Identity Service itself answers at the token address.',
    },
    invalid_request: {
      code: 'token.invalid-request',
      what: 'The service could not read the request for a token.',
      cause: 'Something in between may change a POST into a GET, or its content type.',
      next: 'Look for a redirect or a proxy between this machine and the service.',
    },
  }),
)
