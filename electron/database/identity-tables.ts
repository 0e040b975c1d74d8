/**
 * The tables that IdentityServer4's Entity Framework stores make.
 * https://github.com/IdentityServer/IdentityServer4/tree/main/src/EntityFramework.Storage/migrations
 */
const COMMON = [
  'ApiResources',
  'ApiScopeClaims',
  'ApiScopes',
  'ClientClaims',
  'ClientCorsOrigins',
  'ClientGrantTypes',
  'ClientIdPRestrictions',
  'ClientPostLogoutRedirectUris',
  'ClientProperties',
  'ClientRedirectUris',
  'ClientScopes',
  'ClientSecrets',
  'Clients',
  'DeviceCodes',
  'IdentityResources',
  'PersistedGrants',
] as const

const ONLY_V4 = [
  'ApiResourceClaims',
  'ApiResourceProperties',
  'ApiResourceScopes',
  'ApiResourceSecrets',
  'ApiScopeProperties',
  'IdentityResourceClaims',
  'IdentityResourceProperties',
] as const

const ONLY_V3 = ['ApiClaims', 'ApiProperties', 'ApiSecrets', 'IdentityClaims', 'IdentityProperties'] as const

/** Entity Framework's own table of the migrations that have run. */
export const MIGRATIONS_TABLE = '__EFMigrationsHistory'

/** All names to look for. */
export const IS_TABLES: readonly string[] = [...COMMON, ...ONLY_V4, ...ONLY_V3]

type SchemaVersion = 'none' | 'v4' | 'v3' | 'partly'

export interface IdentityTables {
  /** Names found, sorted. */
  readonly present: readonly string[]
  readonly version: SchemaVersion
  /** Tables of the version that are not there; empty when none or all are. */
  readonly missing: readonly string[]
  /** Rows of `Clients`; left out when there is no such table or it may not be read. */
  readonly clients?: number
  /** Tables beside them in the same schema, such as Creatio's own; left out where they were not counted. */
  readonly others?: number
}

/** Tells from the names of existing tables which version of the schema they make up. */
export function classifyTables(present: readonly string[]): Omit<IdentityTables, 'clients' | 'others'> {
  const sorted = [...present].sort()
  const has = (name: string): boolean => present.includes(name)
  if (sorted.length === 0) return { present: sorted, version: 'none', missing: [] }
  const older = ONLY_V3.some(has) && !ONLY_V4.some(has)
  const missing = [...COMMON, ...(older ? ONLY_V3 : ONLY_V4)].filter((name) => !has(name)).sort()
  return { present: sorted, version: missing.length > 0 ? 'partly' : older ? 'v3' : 'v4', missing }
}
