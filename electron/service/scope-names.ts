/** `AllowedScopes` of the client in the sample of the vendor's deployment guide (Academy 2466). */
export const MANUAL_SCOPES = [
  'register_own_resource',
  'get_resource_list',
  'get_client_info',
  'find_clients',
  'remove_client',
  'update_client',
  'add_registrar_client',
  'IdentityServerApi',
] as const

/** Those that builds on .NET 8 need beside them, for the authorization code grant. */
export const NEWER_SCOPES = ['generate_auth_code', 'revoke_client_tokens', 'get_service_info'] as const
