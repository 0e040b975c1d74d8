import type { Clock, Network } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { type DiscoveryDocument, localEndpoint } from './discovery.ts'
import type { ExchangeOptions } from './exchange.ts'
import { type KeySet, readKeys } from './keys.ts'
import { fetchToken } from './token.ts'
import { type VerifiedToken, verifyToken } from './verify.ts'

/** Where tokens come from, and for whom. */
export interface TokenSource {
  readonly network: Network
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>
  /** Address by which this machine reaches the service. */
  readonly localUrl: string
  readonly client: { readonly id: string; readonly secret: Secret }
}

/**
 * Fetches a token and verifies it.
 *
 * @param keys what it has to be signed with; the keys published after it was given when left out
 * @throws SetupError as `fetchToken`, `readKeys` and `verifyToken`
 */
export async function fetchVerifiedToken(
  { network, clock, localUrl, client }: TokenSource,
  document: DiscoveryDocument,
  options: ExchangeOptions,
  keys?: KeySet,
): Promise<VerifiedToken> {
  const endpoint = localEndpoint(localUrl, document.token_endpoint)
  const { token } = await fetchToken(network, endpoint, client.id, client.secret, options)
  const published = keys ?? (await readKeys(network, localEndpoint(localUrl, document.jwks_uri), options))
  return verifyToken(token, published, {
    expectedClientId: client.id,
    issuer: document.issuer,
    now: clock.now(),
  })
}

const REFUSALS = new Set([
  'token.invalid-client',
  'token.unauthorized-client',
  'token.invalid-scope',
  'token.unsupported-grant-type',
  'token.invalid-request',
  'token.refused-by-service',
])

/** Whether a problem of {@link fetchVerifiedToken} says that the service answers and does not want this client. */
export function isRefusal({ code }: { readonly code: string }): boolean {
  return REFUSALS.has(code)
}
