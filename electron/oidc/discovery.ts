import { SetupError } from '../contract/problem.ts'
import type { Network } from '../machine/machine.ts'
import { exchange, type ExchangeOptions, jsonObject, type Subject } from './exchange.ts'

/** The fields of a discovery document that the setup and Creatio go by (OpenID Connect Discovery 1.0). */
export interface DiscoveryDocument {
  /** A constant of the vendor, not an address: never compare it with the URL. */
  readonly issuer: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly grant_types_supported?: readonly string[]
  readonly scopes_supported?: readonly string[]
  /** Everything else as it came. */
  readonly [field: string]: unknown
}

const subject: Subject = { code: 'discovery', name: 'a discovery document' }

/** The address of the discovery document below the Identity Service URL, whose path is kept. */
export function discoveryUrl(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new SetupError({
      code: 'discovery.url',
      what: 'The Identity Service URL is not an http or https address.',
      next: 'Write it like this: https://identity.example.com or http://192.0.2.10:8090.',
    })
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/.well-known/openid-configuration`
}

/**
 * Asks the service who it is.
 *
 * @throws SetupError `discovery.url`; `discovery.unknown-name`, `.refused`, `.silent`, `.tls`, `.broken-off`, `.too-long`;
 * `discovery.not-found`, `.redirect`, `.html`, `.broken-json`, `.not-an-object`, `.service-failed`, `.status`;
 * `discovery.other-service`, `discovery.no-client-credentials`
 */
export async function readDiscovery(
  network: Network,
  publicUrl: string,
  options: ExchangeOptions = {},
): Promise<DiscoveryDocument> {
  const url = discoveryUrl(publicUrl)
  const answer = await exchange(network, subject, url, {
    ...options,
    headers: { accept: 'application/json' },
  })
  const found = jsonObject(subject, url, answer)
  const missing = ['issuer', 'token_endpoint', 'jwks_uri'].filter(
    (field) => typeof found[field] !== 'string' || found[field] === '',
  )
  if (missing.length > 0)
    throw new SetupError({
      code: 'discovery.other-service',
      what: `${url} answers with JSON that is not a discovery document: it has no ${missing.join(', no ')}.`,
      cause: 'Another service answers there.',
      next: 'Check host, port and path in the Identity Service URL.',
    })
  const document = found as DiscoveryDocument
  const noAddress = (['token_endpoint', 'jwks_uri'] as const).filter((field) => !isHttp(document[field]))
  if (noAddress.length > 0)
    throw new SetupError({
      code: 'discovery.other-service',
      what: `The discovery document names no usable address in ${noAddress.join(' and ')}.`,
      next: 'Check that the Identity Service itself answers at the Identity Service URL.',
    })
  if (offersClientCredentials(document) === false)
    throw new SetupError({
      code: 'discovery.no-client-credentials',
      what: 'The service does not offer client_credentials, the grant Creatio uses.',
      cause: `It offers ${document.grant_types_supported!.join(', ') || 'none'}: this is another OpenID provider than Creatio's.`,
      next: 'Check host and port in the Identity Service URL.',
    })
  return document
}

/**
 * An endpoint's address by the way this machine takes: the document names the scheme and host by which the service
 * thinks it is called, and whether those are right is another question.
 */
export function localEndpoint(localUrl: string, endpoint: string): string {
  const { pathname, search } = new URL(endpoint)
  return `${new URL(localUrl).origin}${pathname}${search}`
}

/** Undefined when the document does not say. */
export function offersClientCredentials(document: DiscoveryDocument): boolean | undefined {
  const grants = document.grant_types_supported
  return Array.isArray(grants) ? grants.includes('client_credentials') : undefined
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}
