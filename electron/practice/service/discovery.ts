import type { Pool } from 'pg'

/** What the engine offers whatever the settings say. */
const CAPABILITIES = {
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
}

const FLOWS = {
  grant_types_supported: [
    'authorization_code',
    'client_credentials',
    'refresh_token',
    'implicit',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
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
}

/**
 * The discovery document. `origin` is scheme and host of the request, which all endpoints follow; the issuer is a
 * constant of the settings, "creatio.com" as shipped. Rejects with the driver's error when the database is lost.
 */
export async function discoveryDocument(
  pool: Pool,
  origin: string,
  issuer: string | undefined,
  algorithm: string,
): Promise<object> {
  const names = async (query: string) =>
    (await pool.query<{ name: string }>(query)).rows.map(({ name }) => name)
  const identity = await names(
    'SELECT "Name" AS name FROM "IdentityResources" WHERE "Enabled" AND "ShowInDiscoveryDocument" ORDER BY "Id"',
  )
  const scopes = await names(
    'SELECT "Name" AS name FROM "ApiScopes" WHERE "Enabled" AND "ShowInDiscoveryDocument" ORDER BY "Id"',
  )
  const claims = await names(
    `SELECT "Type" AS name FROM "IdentityResourceClaims" AS claim
     JOIN "IdentityResources" AS resource ON resource."Id" = "IdentityResourceId"
     WHERE "Enabled" AND "ShowInDiscoveryDocument" ORDER BY claim."Id"`,
  )
  return {
    issuer: issuer || origin,
    jwks_uri: `${origin}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${origin}/connect/authorize`,
    token_endpoint: `${origin}/connect/token`,
    userinfo_endpoint: `${origin}/connect/userinfo`,
    end_session_endpoint: `${origin}/connect/endsession`,
    check_session_iframe: `${origin}/connect/checksession`,
    revocation_endpoint: `${origin}/connect/revocation`,
    introspection_endpoint: `${origin}/connect/introspect`,
    device_authorization_endpoint: `${origin}/connect/deviceauthorization`,
    ...CAPABILITIES,
    scopes_supported: [...identity, ...scopes, 'offline_access'],
    claims_supported: [...new Set(claims)],
    ...FLOWS,
    id_token_signing_alg_values_supported: [algorithm],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['plain', 'S256'],
    request_parameter_supported: true,
  }
}
