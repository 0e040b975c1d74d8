import type { ConnectionPool } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import { byKey } from '../by-key.ts'
import type { ClientRow, IdentityDatabase, Migration, StoredSecret } from '../identity-database.ts'
import { classifyTables, IS_TABLES, type IdentityTables } from '../identity-tables.ts'
import { removeClientRows, restoreClientRows, rowsOfClient } from './client-rows.ts'
import { cutMssql } from './client.ts'
import { wordsOf } from './explain.ts'
import { readMentions } from './mentions.ts'

const HISTORY = '__EFMigrationsHistory'
const TABLES = `select name from sys.tables where schema_id = schema_id()`

async function tableNames(pool: ConnectionPool): Promise<readonly string[]> {
  return (await pool.query<{ name: string }>(TABLES)).recordset.map(({ name }) => name)
}

/** Which tables of the service are in the schema that it would use, and how many clients they hold. */
export async function mssqlTables(pool: ConnectionPool): Promise<IdentityTables> {
  const names = await tableNames(pool)
  const tables = classifyTables(names.filter((name) => IS_TABLES.includes(name)))
  const others = names.filter((name) => !IS_TABLES.includes(name) && name !== HISTORY).length
  if (!tables.present.includes('Clients')) return { ...tables, others }
  const mayRead = await pool.query<{ yes: number | null }>(
    `select has_perms_by_name(N'[Clients]', 'OBJECT', 'SELECT') as yes`,
  )
  if (mayRead.recordset[0]?.yes !== 1) return { ...tables, others }
  const counted = await pool.query<{ count: number }>('select count(*) as count from [Clients]')
  return { ...tables, others, clients: counted.recordset[0]?.count ?? 0 }
}

/** A SQL Server database that is logged in to. */
export function mssqlIdentity(pool: ConnectionPool): IdentityDatabase {
  return {
    tables: () => reading(() => mssqlTables(pool)),
    migrations: () => reading(() => readMigrations(pool)),
    clients: () => reading(() => readClients(pool, null)),
    client: (id) =>
      // The database may think that “A” and “a” are one; the service does not.
      reading(async () => (await readClients(pool, id)).find(({ clientId }) => clientId === id)),
    mentionsOf: (id) => reading(() => readMentions(pool, id)),
    rowsOf: (id) => reading(() => rowsOfClient(pool, id)),
    removeRows: (rows) => removeClientRows(pool, rows),
    restoreRows: (rows, instead) => restoreClientRows(pool, rows, instead),
    close: () => Promise.resolve(cutMssql(pool)),
  }
}

/** @throws SetupError `database.read` */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError(
      {
        code: 'database.read',
        what: 'The service’s tables cannot be read.',
        next: 'Test the database connection, which names the right that is lacking.',
        details: [wordsOf(error)],
      },
      { cause: error },
    )
  }
}

async function readMigrations(pool: ConnectionPool): Promise<readonly Migration[]> {
  if (!(await tableNames(pool)).includes(HISTORY)) return []
  const sql = `select [MigrationId] as id, [ProductVersion] as productVersion from [${HISTORY}] order by [MigrationId]`
  return [...(await pool.query<Migration>(sql)).recordset]
}

type ClientHead = Pick<ClientRow, 'key' | 'clientId' | 'name' | 'enabled' | 'created'>

const CLIENTS = `
  select [Id] as [key], [ClientId] as clientId, [ClientName] as name, [Enabled] as enabled, [Created] as created
  from [Clients] where @id is null or [ClientId] = @id order by [Id]`

/** Clients with what hangs on them; tables that are not there count as empty. */
async function readClients(pool: ConnectionPool, id: string | null): Promise<readonly ClientRow[]> {
  const present = await tableNames(pool)
  const heads = await ask<ClientHead>(pool, CLIENTS, id)
  const grantTypes = await column(pool, present, id, 'ClientGrantTypes', 'GrantType')
  const scopes = await column(pool, present, id, 'ClientScopes', 'Scope')
  const redirectUris = await column(pool, present, id, 'ClientRedirectUris', 'RedirectUri')
  const secrets = byKey(
    present.includes('ClientSecrets')
      ? await ask<StoredSecret & Keyed>(pool, children('ClientSecrets', SECRET_COLUMNS), id)
      : [],
  )
  return heads.map((head) => ({
    ...head,
    grantTypes: grantTypes(head.key),
    scopes: scopes(head.key),
    redirectUris: redirectUris(head.key),
    secrets: secrets(head.key).map(({ type, value, expiration }) => ({ type, value, expiration })),
  }))
}

interface Keyed {
  readonly key: number
}

const SECRET_COLUMNS = 't.[Type] as type, t.[Value] as value, t.[Expiration] as expiration'

/** Values of a column, by the client. */
async function column(
  pool: ConnectionPool,
  present: readonly string[],
  id: string | null,
  table: string,
  name: string,
): Promise<(key: number) => readonly string[]> {
  if (!present.includes(table)) return () => []
  const sql = children(table, `t.[${name}] as value`)
  const values = byKey(await ask<Keyed & { readonly value: string }>(pool, sql, id))
  return (key) => values(key).map(({ value }) => value)
}

/** Both are constants of this file. */
function children(table: string, columns: string): string {
  return `
    select t.[ClientId] as [key], ${columns} from [${table}] t join [Clients] c on c.[Id] = t.[ClientId]
    where @id is null or c.[ClientId] = @id order by t.[Id]`
}

async function ask<Row>(pool: ConnectionPool, sql: string, id: string | null): Promise<readonly Row[]> {
  const { default: mssql } = await import('mssql')
  return (await pool.request().input('id', mssql.NVarChar(200), id).query<Row>(sql)).recordset
}
