import type { Client } from 'pg'
import { classifyTables, IS_TABLES, type IdentityTables } from '../identity-tables.ts'
import type { ClientRow, IdentityDatabase } from '../identity-database.ts'

// pg_class, as information_schema hides the tables that the user may not read.
const TABLES = `
  select c.relname as name
  from pg_catalog.pg_class c
  where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
    and c.relkind in ('r', 'p') and c.relname = any($1)`

const OWNERS = `
  select distinct pg_get_userbyid(c.relowner) as owner
  from pg_catalog.pg_class c
  where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
    and c.relkind in ('r', 'p') and c.relname = any($1)
    and not pg_has_role(current_user, c.relowner, 'USAGE')`

const CLIENT = `
  select "Id" as key, "ClientId" as "clientId", "ClientName" as name, "Enabled" as enabled
  from "Clients" where "ClientId" = $1`

const SECRETS = `
  select "Type" as type, "Value" as value, "Expiration" as expiration
  from "ClientSecrets" where "ClientId" = $1 order by "Id"`

/** Which tables of the service are in the schema that it would use, and how many clients they hold. */
export async function postgresTables(client: Client): Promise<IdentityTables> {
  const found = await client.query<{ name: string }>(TABLES, [IS_TABLES])
  const tables = classifyTables(found.rows.map(({ name }) => name))
  if (!tables.present.includes('Clients')) return tables
  const mayRead = await client.query<{ yes: boolean }>(
    `select has_table_privilege('"Clients"', 'SELECT') as yes`,
  )
  if (!mayRead.rows[0]?.yes) return tables
  const counted = await client.query<{ count: number }>('select count(*)::int as count from "Clients"')
  return { ...tables, clients: counted.rows[0]?.count ?? 0 }
}

/** Owners of the service's tables whose rights this user does not have: migrations would fail on those. */
export async function foreignOwners(client: Client): Promise<readonly string[]> {
  const found = await client.query<{ owner: string }>(OWNERS, [IS_TABLES])
  return found.rows.map(({ owner }) => owner).sort()
}

/** The reading side of a PostgreSQL database that is logged in to. */
export function postgresIdentity(client: Client): IdentityDatabase {
  return {
    tables: () => postgresTables(client),
    client: (id) => readClient(client, id),
    close: () => client.end().catch(() => undefined),
  }
}

interface ClientHead {
  readonly key: number
  readonly clientId: string
  readonly name: string | null
  readonly enabled: boolean
}

interface SecretRow {
  readonly type: string
  readonly value: string
  readonly expiration: Date | null
}

async function readClient(client: Client, id: string): Promise<ClientRow | undefined> {
  const head = (await client.query<ClientHead>(CLIENT, [id])).rows[0]
  if (!head) return undefined
  const secrets = await client.query<SecretRow>(SECRETS, [head.key])
  return {
    ...head,
    grantTypes: await column(client, 'ClientGrantTypes', 'GrantType', head.key),
    scopes: await column(client, 'ClientScopes', 'Scope', head.key),
    secrets: secrets.rows,
  }
}

/** `table` and `name` are constants of this file. */
async function column(client: Client, table: string, name: string, key: number): Promise<readonly string[]> {
  const sql = `select "${name}" as value from "${table}" where "ClientId" = $1 order by "Id"`
  return (await client.query<{ value: string }>(sql, [key])).rows.map(({ value }) => value)
}
