import type { ScopeView } from '../contract/client.ts'

/** Where scopes come from, each list in its own order. What stands in an earlier one is not repeated. */
export interface ScopeSources {
  /** In the vendor's manual: Creatio cannot work without them. */
  readonly manual: readonly string[]
  /** Used by builds on .NET 8. */
  readonly newer: readonly string[]
  /** Of the clients in the archive. */
  readonly shipped?: readonly string[]
  /** Of the client today. */
  readonly present?: readonly string[]
  readonly added?: readonly string[]
}

/**
 * What the service's own scopes are for. Their names and the operations behind them: Creatio's package OAuth20 and the
 * texts of the Identity Service section (Academy 2467, 15189).
 */
const PURPOSES: Readonly<Record<string, string>> = {
  register_own_resource: 'Register Creatio itself as a resource that tokens are issued for.',
  get_resource_list: 'List the resources that Creatio has registered.',
  get_client_info: 'Read an OAuth client that Creatio has made, for its page in Creatio.',
  find_clients: 'Find the OAuth clients of this Creatio.',
  remove_client: 'Delete an OAuth client when it is deleted in Creatio.',
  update_client: 'Change an OAuth client when it is changed in Creatio.',
  add_registrar_client: 'Create the OAuth clients that are added in Creatio.',
  IdentityServerApi: 'Call the API of the Identity Service at all; every other scope rests on it.',
  generate_auth_code: 'Issue authorization codes, for applications that sign a user in.',
  revoke_client_tokens: 'Revoke the tokens of a client, such as when its access is withdrawn.',
  get_service_info: 'Ask the service which grants it offers, such as the authorization code.',
  openid: 'Sign a user in with OpenID Connect.',
  profile: 'Read name and profile of a user who has signed in.',
  email: 'Read the email address of a user who has signed in.',
  phone: 'Read the telephone number of a user who has signed in.',
  address: 'Read the postal address of a user who has signed in.',
  offline_access: 'Get refresh tokens, and so go on without the user.',
}

/** What a scope is for, in one sentence. */
export function purposeOf(scope: string): string {
  const known = Object.hasOwn(PURPOSES, scope) ? PURPOSES[scope] : undefined
  if (known !== undefined) return known
  return /^ApplicationAccess_/i.test(scope)
    ? 'Call Creatio: the default resource that Creatio has registered.'
    : 'Its purpose is not known to this program; it stays as it is.'
}

/**
 * Scopes of OpenID Connect: about a user, whom client credentials know none of. The service gives no token by them, asked or not.
 * https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
 */
const ABOUT_A_USER = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access']

/**
 * Scopes of a client that a token by client credentials should have and has not. The service leaves out those that it does
 * not know (table `ApiScopes`), without a word, where none are asked for.
 */
export function missingInToken(ofClient: readonly string[], given: readonly string[]): readonly string[] {
  return ofClient.filter((scope) => !given.includes(scope) && !ABOUT_A_USER.includes(scope))
}

/** All scopes once, in the order of the sources. */
export function mergeScopes(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())]
}

/** The scopes as a list to choose from: each once, with what it is for and where the wish for it comes from. */
export function scopeViews(sources: ScopeSources): readonly ScopeView[] {
  const seen = new Set<string>()
  const { manual, newer, shipped = [], present = [], added = [] } = sources
  return ([['manual', manual], ['newer', newer], ['shipped', shipped], ['present', present], ['added', added]] as const) // prettier-ignore
    .flatMap(([from, scopes]) =>
      scopes.flatMap((scope) => {
        if (seen.has(scope)) return []
        seen.add(scope)
        return [{ scope, purpose: purposeOf(scope), from, required: from === 'manual' }]
      }),
    )
}
