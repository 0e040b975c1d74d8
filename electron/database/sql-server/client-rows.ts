import { isDeepStrictEqual } from 'node:util'
import type { ConnectionPool, Transaction } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import type { ClientRows } from '../identity-database.ts'
import { columnsOf, readAs, writeAs, type Column } from './columns.ts'
import { bracketed } from './names.ts'
import { inTransaction } from './transaction.ts'

type Row = ClientRows['tables'][number]['rows'][number]
type Cell = Row[string]

/** A table with a foreign key to `Clients`. */
interface Child {
  readonly table: string
  readonly column: string
}

const CHILDREN = `
  select t.name as [table], c.name as [column]
  from sys.foreign_key_columns f
  join sys.tables t on t.object_id = f.parent_object_id
  join sys.columns c on c.object_id = f.parent_object_id and c.column_id = f.parent_column_id
  where f.referenced_object_id = object_id(quotename(schema_name()) + N'.[Clients]') and t.schema_id = schema_id()
  order by t.name`

const KEY_OF = 'select [Id] as [key], [ClientId] as clientId from [Clients]'
/** Others wait until the transaction is over, and nobody adds rows meanwhile. */
const LOCKED = ' with (updlock, holdlock)'

/** Every row that hangs on a client; undefined when there is no such client. */
export async function rowsOfClient(
  on: ConnectionPool | Transaction,
  clientId: string,
  hint: '' | typeof LOCKED = '',
): Promise<ClientRows | undefined> {
  const key = await keyOf(on, clientId, hint)
  if (key === undefined) return undefined
  const tables = [await tableOf(on, { table: 'Clients', column: 'Id' }, key, hint)]
  for (const child of await childrenOf(on)) tables.push(await tableOf(on, child, key, hint))
  return { clientId, key, tables: tables.filter(({ rows }) => rows.length > 0) }
}

/**
 * Removes exactly these rows, children first, in one transaction.
 * @throws SetupError `database.client-changed` when others stand there now, `database.client-not-removed`
 */
export async function removeClientRows(pool: ConnectionPool, rows: ClientRows): Promise<void> {
  await inTransaction(
    pool,
    'database.client-not-removed',
    'The client cannot be removed.',
    async (transaction) => {
      const now = await rowsOfClient(transaction, rows.clientId, LOCKED)
      // A backup that was read from a file has no other shape, but objects of another making.
      if (!isDeepStrictEqual(plain(now), plain(rows))) throw clientChanged(rows.clientId)
      await removeByKey(transaction, rows.key)
    },
  )
}

/**
 * Puts rows back with their keys, in one transaction. Clients of the same name, and of `instead`, make room for them.
 * @throws SetupError `database.client-not-restored`
 */
export async function restoreClientRows(
  pool: ConnectionPool,
  rows: ClientRows,
  instead?: string,
): Promise<void> {
  await inTransaction(
    pool,
    'database.client-not-restored',
    'The client cannot be brought back.',
    async (transaction) => {
      for (const clientId of new Set([rows.clientId, instead ?? rows.clientId])) {
        const key = await keyOf(transaction, clientId, LOCKED)
        if (key !== undefined) await removeByKey(transaction, key)
      }
      for (const { table, rows: some } of rows.tables) await insert(transaction, table, some)
    },
  )
}

async function keyOf(
  on: ConnectionPool | Transaction,
  clientId: string,
  hint: '' | typeof LOCKED,
): Promise<number | undefined> {
  const sql = `${KEY_OF}${hint} where [ClientId] = @id`
  const found = await on.request().input('id', clientId).query<{ key: number; clientId: string }>(sql)
  // The database may think that “A” and “a” are one; the service does not.
  return found.recordset.find((row) => row.clientId === clientId)?.key
}

async function childrenOf(on: ConnectionPool | Transaction): Promise<readonly Child[]> {
  return (await on.request().query<Child>(CHILDREN)).recordset
}

async function tableOf(
  on: ConnectionPool | Transaction,
  { table, column }: Child,
  key: number,
  hint: '' | typeof LOCKED,
): Promise<ClientRows['tables'][number]> {
  const columns = await columnsOf(on, table)
  const identity = columns.find((one) => one.identity)
  const order = identity ? ` order by ${bracketed(identity.name)}` : ''
  const sql = `select ${columns.map(readAs).join(', ')} from ${bracketed(table)}${hint} where ${bracketed(column)} = @key${order}`
  const { recordset } = await on.request().input('key', key).query<Row>(sql)
  return { table, rows: recordset.map((row) => ({ ...row })) }
}

async function removeByKey(transaction: Transaction, key: number): Promise<void> {
  for (const { table, column } of [...(await childrenOf(transaction)), { table: 'Clients', column: 'Id' }])
    await transaction
      .request()
      .input('key', key)
      .query(`delete from ${bracketed(table)} where ${bracketed(column)} = @key`)
}

async function insert(transaction: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const columns = await columnsOf(transaction, table)
  const keyed = columns.some(({ identity }) => identity)
  // A batch, as the switch would end with the procedure that a query is sent as. One table at a time may have it.
  if (keyed) await transaction.request().batch(`set identity_insert ${bracketed(table)} on`)
  for (const row of rows) await insertRow(transaction, table, columns, row)
  if (keyed) await transaction.request().batch(`set identity_insert ${bracketed(table)} off`)
}

async function insertRow(
  transaction: Transaction,
  table: string,
  columns: readonly Column[],
  row: Row,
): Promise<void> {
  const { default: mssql } = await import('mssql')
  const request = transaction.request()
  const written = columns.filter(({ name }) => row[name] !== undefined)
  const values = written.map((column, at) => {
    const value = row[column.name] as Cell
    if (value === null) return 'null'
    if (typeof value === 'boolean') request.input(`p${at}`, mssql.Bit, value)
    else if (typeof value === 'number')
      request.input(`p${at}`, Number.isInteger(value) ? mssql.Int : mssql.Float, value)
    else request.input(`p${at}`, mssql.NVarChar(mssql.MAX), value)
    return writeAs(column, `@p${at}`)
  })
  const names = written.map(({ name }) => bracketed(name)).join(', ')
  await request.query(`insert into ${bracketed(table)} (${names}) values (${values.join(', ')})`)
}

function plain(rows: ClientRows | undefined): unknown {
  return rows && JSON.parse(JSON.stringify(rows))
}

function clientChanged(clientId: string): SetupError {
  return new SetupError({
    code: 'database.client-changed',
    what: `The client “${clientId}” was changed since it was backed up.`,
    cause: 'Another program, or the service itself, wrote to its rows.',
    next: 'Start again: the client is read and backed up anew.',
    untouched: 'Nothing was removed.',
  })
}
