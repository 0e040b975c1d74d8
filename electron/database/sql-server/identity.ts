import type { ConnectionPool } from 'mssql'
import type { ClientRow, IdentityDatabase, StoredSecret } from '../identity-database.ts'
import { classifyTables, IS_TABLES, type IdentityTables } from '../identity-tables.ts'

const CLIENT = `
  select [Id] as [key], [ClientId] as clientId, [ClientName] as name, [Enabled] as enabled
  from [Clients] where [ClientId] = @id`

const SECRETS = `
  select [Type] as type, [Value] as value, [Expiration] as expiration
  from [ClientSecrets] where [ClientId] = @key order by [Id]`

/** Which tables of the service are in the schema that it would use, and how many clients they hold. */
export async function mssqlTables(pool: ConnectionPool): Promise<IdentityTables> {
  const found = await pool.query<{ name: string }>`select name from sys.tables where schema_id = schema_id()`
  const tables = classifyTables(
    found.recordset.map(({ name }) => name).filter((name) => IS_TABLES.includes(name)),
  )
  if (!tables.present.includes('Clients')) return tables
  const counted = await pool.query<{ count: number }>`select count(*) as count from [Clients]`
  return { ...tables, clients: counted.recordset[0]?.count ?? 0 }
}

/** The reading side of a SQL Server database that is logged in to. */
export function mssqlIdentity(pool: ConnectionPool): IdentityDatabase {
  return {
    tables: () => mssqlTables(pool),
    client: (id) => readClient(pool, id),
    close: () => pool.close(),
  }
}

type ClientHead = Pick<ClientRow, 'key' | 'clientId' | 'name' | 'enabled'>

async function readClient(pool: ConnectionPool, id: string): Promise<ClientRow | undefined> {
  const head = (await pool.request().input('id', id).query<ClientHead>(CLIENT)).recordset[0]
  if (!head) return undefined
  const secrets = await pool.request().input('key', head.key).query<StoredSecret>(SECRETS)
  return {
    ...head,
    grantTypes: await column(pool, 'ClientGrantTypes', 'GrantType', head.key),
    scopes: await column(pool, 'ClientScopes', 'Scope', head.key),
    secrets: [...secrets.recordset],
  }
}

/** `table` and `name` are constants of this file. */
async function column(
  pool: ConnectionPool,
  table: string,
  name: string,
  key: number,
): Promise<readonly string[]> {
  const sql = `select [${name}] as value from [${table}] where [ClientId] = @key order by [Id]`
  const found = await pool.request().input('key', key).query<{ value: string }>(sql)
  return found.recordset.map(({ value }) => value)
}
