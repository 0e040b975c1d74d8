import { createHash, timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'

export interface StoredClient {
  /** The row's number, to which the child tables point. */
  readonly id: number
  readonly clientId: string
  /** Seconds. */
  readonly accessTokenLifetime: number
  readonly grantTypes: readonly string[]
  readonly scopes: readonly string[]
}

/** The enabled client with this id and secret as the database knows it, or undefined: one answer for each cause. */
export async function authenticate(
  pool: Pool,
  clientId: string,
  secret: string | undefined,
): Promise<StoredClient | undefined> {
  const found = await pool.query<{ Id: number; AccessTokenLifetime: number; RequireClientSecret: boolean }>(
    'SELECT "Id", "AccessTokenLifetime", "RequireClientSecret" FROM "Clients" WHERE "ClientId" = $1 AND "Enabled"',
    [clientId],
  )
  const [row] = found.rows
  if (row === undefined) return undefined
  const hashes = await column(
    pool,
    `SELECT "Value" AS value FROM "ClientSecrets"
     WHERE "ClientId" = $1 AND "Type" = 'SharedSecret' AND ("Expiration" IS NULL OR "Expiration" > now())`,
    row.Id,
  )
  if (row.RequireClientSecret && !hashes.some((hash) => matches(secret ?? '', hash))) return undefined
  return {
    id: row.Id,
    clientId,
    accessTokenLifetime: row.AccessTokenLifetime,
    grantTypes: await column(
      pool,
      'SELECT "GrantType" AS value FROM "ClientGrantTypes" WHERE "ClientId" = $1',
      row.Id,
    ),
    scopes: await column(
      pool,
      'SELECT "Scope" AS value FROM "ClientScopes" WHERE "ClientId" = $1 ORDER BY "Id"',
      row.Id,
    ),
  }
}

/** The enabled API scopes among these names, and the APIs they belong to. */
export async function findScopes(
  pool: Pool,
  names: readonly string[],
): Promise<{ readonly scopes: readonly string[]; readonly audiences: readonly string[] }> {
  const known = new Set(
    await column(pool, 'SELECT "Name" AS value FROM "ApiScopes" WHERE "Enabled" AND "Name" = ANY($1)', names),
  )
  const audiences = await column(
    pool,
    `SELECT DISTINCT "Name" AS value FROM "ApiResources" AS api
     JOIN "ApiResourceScopes" AS scope ON scope."ApiResourceId" = api."Id"
     WHERE "Enabled" AND "Scope" = ANY($1)`,
    [...known],
  )
  return { scopes: names.filter((name) => known.has(name)), audiences }
}

async function column(pool: Pool, query: string, argument: unknown): Promise<readonly string[]> {
  return (await pool.query<{ value: string }>(query, [argument])).rows.map(({ value }) => value)
}

/** Stored secrets are Base64 of SHA-256 or SHA-512; the length tells which. */
function matches(secret: string, stored: string): boolean {
  const expected = Buffer.from(stored, 'base64')
  const actual = createHash(expected.length === 64 ? 'sha512' : 'sha256')
    .update(secret)
    .digest()
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
