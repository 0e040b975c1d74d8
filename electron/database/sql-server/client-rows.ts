import { isDeepStrictEqual } from 'node:util'
import type { ConnectionPool, Transaction } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import type { ClientRows } from '../identity-database.ts'
import { childrenOf, HEAD, type Child } from './client-children.ts'
import { columnsOf, isFloating, readAs, writeAs, type Column } from './columns.ts'
import { bracketed } from './names.ts'
import { inTransaction } from './transaction.ts'

type Row = ClientRows['tables'][number]['rows'][number]
type Cell = Row[string]

const KEY_OF = 'select [Id] as [key], [ClientId] as clientId from [Clients]'
/** Others wait until the transaction is over, and nobody adds rows meanwhile. */
const LOCKED = ' with (updlock, holdlock)'

/**
 * Every row that hangs on a client; undefined when there is no such client.
 * @throws SetupError `database.rows-beyond` where more would go than can be kept
 */
export async function rowsOfClient(
  on: ConnectionPool | Transaction,
  clientId: string,
  hint: '' | typeof LOCKED = '',
): Promise<ClientRows | undefined> {
  const key = await keyOf(on, clientId, hint)
  if (key === undefined) return undefined
  const tables = [await tableOf(on, HEAD, key, hint)]
  for (const child of await childrenOf(on)) tables.push(await tableOf(on, child, key, hint))
  return { clientId, key, tables: tables.filter(({ rows }) => rows.length > 0) }
}

/**
 * Removes exactly these rows, children first, in one transaction. That they are gone already is no error.
 * @throws SetupError `database.client-changed` when others stand there now, `database.client-not-removed`,
 *   `database.commit-unknown`
 */
export async function removeClientRows(pool: ConnectionPool, rows: ClientRows): Promise<void> {
  await inTransaction(
    pool,
    'database.client-not-removed',
    'The client cannot be removed.',
    async (transaction) => {
      const now = await rowsOfClient(transaction, rows.clientId, LOCKED)
      if (now === undefined) return
      // A backup that was read from a file has no other shape, but objects of another making.
      if (!isDeepStrictEqual(plain(now), plain(rows))) throw clientChanged(rows.clientId)
      await removeByKey(transaction, rows.key)
    },
  )
}

/**
 * Puts rows back with their keys, in one transaction. Clients of the same name, and of `instead`, make room for them.
 * @throws SetupError `database.client-not-restored`, `database.commit-unknown`
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

async function tableOf(
  on: ConnectionPool | Transaction,
  { table, columns: keys }: Child,
  key: number,
  hint: '' | typeof LOCKED,
): Promise<ClientRows['tables'][number]> {
  const columns = await columnsOf(on, table)
  const sql = `select ${columns.map(readAs).join(', ')} from ${bracketed(table)}${hint} where ${isKey(keys)}`
  const { recordset } = await on.request().input('key', key).query<Row>(sql)
  const identity = columns.find((one) => one.identity)?.name
  const rows = recordset.map((row) => ({ ...row }))
  return {
    table,
    rows: rows.sort(identity === undefined ? byText : (a, b) => Number(a[identity]) - Number(b[identity])),
  }
}

async function removeByKey(transaction: Transaction, key: number): Promise<void> {
  for (const { table, columns } of [...(await childrenOf(transaction)), HEAD])
    await transaction
      .request()
      .input('key', key)
      .query(`delete from ${bracketed(table)} where ${isKey(columns)}`)
}

function isKey(columns: readonly string[]): string {
  return columns.map((column) => `${bracketed(column)} = @key`).join(' or ')
}

/** An order that is the same each time, where there is no key of the server's own. */
function byText(a: Row, b: Row): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
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
      request.input(`p${at}`, isFloating(column) ? mssql.Float : mssql.Int, value)
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
