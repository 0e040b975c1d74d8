import type { Client } from 'pg'
import { byKey } from '../by-key.ts'
import type { ClientRow, Migration, StoredSecret } from '../identity-database.ts'
import { MIGRATIONS_TABLE } from '../identity-tables.ts'

// Through to_jsonb, as older schemas lack the column "Created"; times come as text, with or without an offset.
const HEADS = `
  select c."Id" as key, c."ClientId" as "clientId", c."ClientName" as name, c."Enabled" as enabled,
         to_jsonb(c) ->> 'Created' as created
  from "Clients" c where $1::text is null or c."ClientId" = $1 order by c."Id"`

const SECRETS = `
  select s."ClientId" as key, s."Type" as type, s."Value" as value, to_jsonb(s) ->> 'Expiration' as expiration
  from "ClientSecrets" s where s."ClientId" = any($1) order by s."Id"`

interface Head extends Pick<ClientRow, 'key' | 'clientId' | 'name' | 'enabled'> {
  readonly created: string | null
}

interface SecretRow extends Omit<StoredSecret, 'expiration'> {
  readonly key: number
  readonly expiration: string | null
}

/** All clients by `Id`, or those of one `ClientId`, with what hangs on them. */
export async function readClients(client: Client, clientId: string | null): Promise<readonly ClientRow[]> {
  const heads = (await client.query<Head>(HEADS, [clientId])).rows
  const keys = heads.map(({ key }) => key)
  const grantTypes = await valuesOf(client, 'ClientGrantTypes', 'GrantType', keys)
  const scopes = await valuesOf(client, 'ClientScopes', 'Scope', keys)
  const redirectUris = await valuesOf(client, 'ClientRedirectUris', 'RedirectUri', keys)
  const secrets = byKey(
    (await has(client, 'ClientSecrets')) ? (await client.query<SecretRow>(SECRETS, [keys])).rows : [],
  )
  return heads.map(({ created, ...head }) => ({
    ...head,
    grantTypes: grantTypes(head.key),
    scopes: scopes(head.key),
    redirectUris: redirectUris(head.key),
    created: dateOf(created),
    secrets: secrets(head.key).map(({ type, value, expiration }) => ({
      type,
      value,
      expiration: dateOf(expiration),
    })),
  }))
}

/** The rows of `__EFMigrationsHistory`, in the order of their ids, which begin with their time. */
export async function readMigrations(client: Client): Promise<readonly Migration[]> {
  if (!(await has(client, MIGRATIONS_TABLE))) return []
  const sql = `
    select "MigrationId" as id, "ProductVersion" as "productVersion" from "${MIGRATIONS_TABLE}" order by "MigrationId"`
  return (await client.query<Migration>(sql)).rows
}

/** Values of a client's rows, by `Clients.Id`. `table` and `column` are constants of this file. */
async function valuesOf(
  client: Client,
  table: string,
  column: string,
  keys: readonly number[],
): Promise<(key: number) => readonly string[]> {
  if (!(await has(client, table))) return () => []
  const sql = `select "ClientId" as key, "${column}" as value from "${table}" where "ClientId" = any($1) order by "Id"`
  const values = byKey((await client.query<{ key: number; value: string }>(sql, [keys])).rows)
  return (key) => values(key).map(({ value }) => value)
}

/** Whether there is such a table in the search path; a schema that is there in part lacks some. */
async function has(client: Client, table: string): Promise<boolean> {
  const found = await client.query<{ yes: boolean }>(`select to_regclass($1) is not null as yes`, [
    `"${table}"`,
  ])
  return found.rows[0]!.yes
}

/** IdentityServer4 writes UTC; columns without a time zone do not say so. */
function dateOf(text: string | null): Date | null {
  if (text === null) return null
  const date = new Date(/[zZ]$|[+-]\d\d(:?\d\d)?$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(date.getTime()) ? null : date
}
