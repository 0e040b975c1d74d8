import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { ClientSetting } from './clients.ts'
import { inTransaction, postgresException } from './database.ts'
import { StartFailure } from './failure.ts'

const API = 'IdentityServerApi'

const SCOPES = [
  'register_own_resource',
  'get_resource_list',
  'get_client_info',
  'find_clients',
  'remove_client',
  'update_client',
  'add_registrar_client',
  'generate_auth_code',
  'revoke_client_tokens',
  'get_service_info',
  API,
]

const PROFILE_CLAIMS =
  'name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at'.split(
    ' ',
  )

/** OpenID Connect's two scopes about a person; texts as the engine ships them. */
const IDENTITY_RESOURCES = [
  {
    name: 'openid',
    title: 'Your user identifier',
    about: null,
    required: true,
    emphasize: false,
    claims: ['sub'],
  },
  {
    name: 'profile',
    title: 'User profile',
    about: 'Your user profile information (first name, last name, etc.)',
    required: false,
    emphasize: true,
    claims: PROFILE_CLAIMS,
  },
]

/**
 * Fills an empty database with the service's own scopes, and adds each client whose ClientId is not there yet.
 * Throws a StartFailure when the database refuses a row.
 */
export async function seed(pool: Pool, clients: readonly ClientSetting[]): Promise<void> {
  try {
    await inTransaction(pool, seedScopes)
    await inTransaction(pool, seedIdentityResources)
    await inTransaction(pool, async (client) => {
      for (const setting of clients) await seedClient(client, setting)
    })
  } catch (error) {
    const inner = postgresException(error)
    if (inner === undefined) throw error
    throw new StartFailure(
      'Microsoft.EntityFrameworkCore.DbUpdateException',
      'An error occurred while saving the entity changes. See the inner exception for details.',
      inner,
    )
  }
}

async function seedScopes(db: PoolClient): Promise<void> {
  if (await exists(db, 'ApiScopes')) return
  for (const scope of SCOPES)
    await db.query(
      `INSERT INTO "ApiScopes" ("Enabled", "Name", "DisplayName", "Required", "Emphasize", "ShowInDiscoveryDocument")
       VALUES (true, $1, $1, false, false, true)`,
      [scope],
    )
  const api = await db.query<{ Id: number }>(
    `INSERT INTO "ApiResources" ("Enabled", "Name", "DisplayName", "ShowInDiscoveryDocument", "Created", "NonEditable")
     VALUES (true, $1, $1, true, now(), false) RETURNING "Id"`,
    [API],
  )
  await insertEach(db, 'ApiResourceScopes', 'Scope', 'ApiResourceId', api.rows[0]!.Id, SCOPES)
}

async function seedIdentityResources(db: PoolClient): Promise<void> {
  if (await exists(db, 'IdentityResources')) return
  for (const { name, title, about, required, emphasize, claims } of IDENTITY_RESOURCES) {
    const resource = await db.query<{ Id: number }>(
      `INSERT INTO "IdentityResources" ("Enabled", "Name", "DisplayName", "Description", "Required", "Emphasize",
         "ShowInDiscoveryDocument", "Created", "NonEditable")
       VALUES (true, $1, $2, $3, $4, $5, true, now(), false) RETURNING "Id"`,
      [name, title, about, required, emphasize],
    )
    await insertEach(db, 'IdentityResourceClaims', 'Type', 'IdentityResourceId', resource.rows[0]!.Id, claims)
  }
}

/** A client that is in the database stays as it is, whatever the settings say now. */
async function seedClient(db: PoolClient, setting: ClientSetting): Promise<void> {
  const known = await db.query('SELECT 1 FROM "Clients" WHERE "ClientId" = $1', [setting.clientId])
  if (known.rowCount !== 0) return
  const { rows } = await db.query<{ Id: number }>(
    `INSERT INTO "Clients" ("Enabled", "ClientId", "ProtocolType", "RequireClientSecret", "ClientName", "RequireConsent",
       "AllowRememberConsent", "AlwaysIncludeUserClaimsInIdToken", "RequirePkce", "AllowPlainTextPkce",
       "RequireRequestObject", "AllowAccessTokensViaBrowser", "FrontChannelLogoutSessionRequired",
       "BackChannelLogoutSessionRequired", "AllowOfflineAccess", "IdentityTokenLifetime", "AccessTokenLifetime",
       "AuthorizationCodeLifetime", "AbsoluteRefreshTokenLifetime", "SlidingRefreshTokenLifetime", "RefreshTokenUsage",
       "UpdateAccessTokenClaimsOnRefresh", "RefreshTokenExpiration", "AccessTokenType", "EnableLocalLogin", "IncludeJwtId",
       "AlwaysSendClientClaims", "ClientClaimsPrefix", "Created", "DeviceCodeLifetime", "NonEditable")
     VALUES (true, $1, 'oidc', true, $2, false, true, false, true, false, false, true, true, true, false, $3, $4,
       300, 2592000, 1296000, 1, false, 1, 0, true, true, false, 'client_', now(), 300, false)
     RETURNING "Id"`,
    [setting.clientId, setting.clientName, setting.identityTokenLifetime, setting.accessTokenLifetime],
  )
  const id = rows[0]!.Id
  for (const secret of setting.secrets)
    await db.query(
      `INSERT INTO "ClientSecrets" ("ClientId", "Value", "Type", "Created") VALUES ($1, $2, 'SharedSecret', now())`,
      [id, createHash('sha256').update(secret).digest('base64')],
    )
  await insertEach(db, 'ClientGrantTypes', 'GrantType', 'ClientId', id, setting.grantTypes)
  await insertEach(db, 'ClientScopes', 'Scope', 'ClientId', id, setting.scopes)
  await insertEach(db, 'ClientRedirectUris', 'RedirectUri', 'ClientId', id, setting.redirectUris)
  await insertEach(
    db,
    'ClientPostLogoutRedirectUris',
    'PostLogoutRedirectUri',
    'ClientId',
    id,
    setting.postLogoutRedirectUris,
  )
  await insertEach(db, 'ClientCorsOrigins', 'Origin', 'ClientId', id, setting.corsOrigins)
  for (const [key, value] of setting.properties)
    await db.query('INSERT INTO "ClientProperties" ("ClientId", "Key", "Value") VALUES ($1, $2, $3)', [
      id,
      key,
      value,
    ])
}

async function exists(db: PoolClient, table: string): Promise<boolean> {
  return (await db.query(`SELECT 1 FROM "${table}" LIMIT 1`)).rowCount !== 0
}

async function insertEach(
  db: PoolClient,
  table: string,
  column: string,
  parentColumn: string,
  parent: number,
  values: readonly string[],
): Promise<void> {
  for (const value of values)
    await db.query(`INSERT INTO "${table}" ("${column}", "${parentColumn}") VALUES ($1, $2)`, [value, parent])
}
