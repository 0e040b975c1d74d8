const words = (list: string): readonly string[] => list.split(' ')

/** The discovery document of IdentityServer4 4.1 with the seed of the vendor's scopes, as seen; endpoints below `url`. */
export const discovery = (url: string): object => ({
  issuer: 'creatio.com',
  jwks_uri: `${url}/.well-known/openid-configuration/jwks`,
  authorization_endpoint: `${url}/connect/authorize`,
  token_endpoint: `${url}/connect/token`,
  userinfo_endpoint: `${url}/connect/userinfo`,
  end_session_endpoint: `${url}/connect/endsession`,
  check_session_iframe: `${url}/connect/checksession`,
  revocation_endpoint: `${url}/connect/revocation`,
  introspection_endpoint: `${url}/connect/introspect`,
  device_authorization_endpoint: `${url}/connect/deviceauthorization`,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  scopes_supported: words(
    'openid profile register_own_resource get_resource_list get_client_info find_clients ' +
      'remove_client update_client add_registrar_client generate_auth_code revoke_client_tokens ' +
      'get_service_info IdentityServerApi offline_access',
  ),
  claims_supported: words(
    'sub name family_name given_name middle_name nickname preferred_username profile picture ' +
      'website gender birthdate zoneinfo locale updated_at',
  ),
  grant_types_supported: words(
    'authorization_code client_credentials refresh_token implicit ' +
      'urn:ietf:params:oauth:grant-type:device_code',
  ),
  response_types_supported: [
    'code',
    'token',
    'id_token',
    'id_token token',
    'code id_token',
    'code token',
    'code id_token token',
  ],
  response_modes_supported: ['form_post', 'query', 'fragment'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
  code_challenge_methods_supported: ['plain', 'S256'],
  request_parameter_supported: true,
})

/** What a first start with one client leaves in the tables that are not empty. */
export const SEEDED_ROWS = {
  ApiResourceScopes: 11,
  ApiResources: 1,
  ApiScopes: 11,
  ClientGrantTypes: 2,
  ClientPostLogoutRedirectUris: 1,
  ClientProperties: 1,
  ClientRedirectUris: 3,
  ClientScopes: 8,
  ClientSecrets: 1,
  Clients: 1,
  IdentityResourceClaims: 15,
  IdentityResources: 2,
}

/** Fields laid over a good token request, and the error that IdentityServer4 4.1 answers with status 400. */
export const REFUSALS: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string])[] =
  [
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
    ['no secret', { client_secret: undefined }, 'invalid_client'],
    ['no client', { client_id: undefined, client_secret: undefined }, 'invalid_client'],
    ['an unknown grant', { grant_type: 'magic' }, 'unsupported_grant_type'],
    ['no grant', { grant_type: undefined }, 'unsupported_grant_type'],
    [
      'a grant the client lacks',
      { grant_type: 'password', username: 'a', password: 'b' },
      'unauthorized_client',
    ],
    [
      'a code of a client without codes',
      { grant_type: 'authorization_code', code: 'x' },
      'unauthorized_client',
    ],
    ['a device', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unauthorized_client'],
    ['a bogus refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    ['an unknown scope', { scope: 'nothing' }, 'invalid_scope'],
    ['a scope of others', { scope: 'generate_auth_code' }, 'invalid_scope'],
    ['a good scope and a bad one', { scope: 'IdentityServerApi nothing' }, 'invalid_scope'],
    ['an identity scope', { scope: 'openid' }, 'invalid_scope'],
  ]
