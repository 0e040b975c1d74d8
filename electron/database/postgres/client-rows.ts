import { isDeepStrictEqual } from 'node:util'
import type { Client } from 'pg'
import { SetupError } from '../../contract/problem.ts'
import type { ClientRows } from '../identity-database.ts'
import { clientGraph, type GraphTable } from './client-graph.ts'
import { quotedName } from './names.ts'
import { EXACT_TEXTS, textOf, valueOf, type RowValue } from './row-values.ts'

type Row = Readonly<Record<string, RowValue>>

/** Runs in a transaction of the caller's: every row that hangs on a client. */
export async function readRows(client: Client, clientId: string): Promise<ClientRows | undefined> {
  return rowsIn(client, await clientGraph(client), clientId, '')
}

/**
 * Runs in a transaction of the caller's: removes exactly these rows. That they are gone already is no error.
 * @throws SetupError `database.client-changed` when others stand there
 */
export async function deleteRows(client: Client, rows: ClientRows): Promise<void> {
  const graph = await clientGraph(client)
  // Locked before its children: whoever adds a child to it waits from here on.
  await client.query('select 1 from "Clients" where "ClientId" = $1 for update', [rows.clientId])
  const now = await rowsIn(client, graph, rows.clientId, 'for update')
  if (now === undefined) return
  if (!sameRows(now, rows)) throw changed(rows.clientId)
  const before = new Map(now.tables.map((table) => [table.table, table.rows.length]))
  for (const { sql, where, name } of graph) {
    const { rowCount } = await client.query(`delete from ${sql} where ${where}`, [rows.clientId])
    // A trigger may keep a row, and a child may have come through a table that no lock guards.
    if (rowCount !== (before.get(name) ?? 0)) throw changed(rows.clientId)
  }
}

/** Runs in a transaction of the caller's: puts rows back, in the place of what those clients have there now. */
export async function insertRows(client: Client, rows: ClientRows, instead?: string): Promise<void> {
  const graph = await clientGraph(client)
  for (const id of new Set([rows.clientId, ...(instead === undefined ? [] : [instead])]))
    for (const { sql, where } of graph) await client.query(`delete from ${sql} where ${where}`, [id])
  // Parents first: the reverse of the order of deleting.
  const known = graph.toReversed()
  const stranger = rows.tables.find(({ table }) => !known.some(({ name }) => name === table))
  if (stranger) throw noLongerThere(`the table ${stranger.table}`)
  for (const table of known)
    for (const row of rows.tables.find((one) => one.table === table.name)?.rows ?? [])
      await insertRow(client, table, row)
}

async function insertRow(client: Client, { sql, name, columns }: GraphTable, row: Row): Promise<void> {
  const names = Object.keys(row)
  const types = names.map((column) => {
    const found = columns.find((one) => one.name === column)
    if (!found) throw noLongerThere(`the column ${column} of ${name}`)
    return found.type
  })
  const values = types.map((type, index) => `$${index + 1}::text::${type}`).join(', ')
  await client.query(
    `insert into ${sql} (${names.map(quotedName).join(', ')}) overriding system value values (${values})`,
    names.map((column) => textOf(row[column]!)),
  )
}

async function rowsIn(
  client: Client,
  graph: readonly GraphTable[],
  clientId: string,
  lock: '' | 'for update',
): Promise<ClientRows | undefined> {
  await client.query(EXACT_TEXTS)
  const tables: { table: string; rows: readonly Row[] }[] = []
  // `Clients` first, as it is kept.
  for (const table of graph.toReversed()) {
    const rows = await tableRows(client, table, clientId, lock)
    if (rows.length > 0 || table.depth === 0) tables.push({ table: table.name, rows })
  }
  const head = tables[0]?.rows[0]
  return head ? { clientId, key: Number(head['Id']), tables } : undefined
}

async function tableRows(
  client: Client,
  { sql, columns, where }: GraphTable,
  clientId: string,
  lock: string,
): Promise<readonly Row[]> {
  const list = columns.map(({ name }) => `${quotedName(name)}::text`).join(', ')
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${list} from ${sql} where ${where} ${lock}`,
    values: [clientId],
    rowMode: 'array',
  })
  return rows
    .map((row) => Object.fromEntries(columns.map((column, i) => [column.name, valueOf(row[i]!, column)])))
    .sort(byText)
}

/** By key where there is one, otherwise by the text of the whole row: an order that is the same each time. */
function byText(a: Row, b: Row): number {
  const [left, right] = [a['Id'], b['Id']]
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

function sameRows(now: ClientRows, then: ClientRows): boolean {
  const plain = ({ key, tables }: ClientRows): unknown => ({
    key,
    tables: Object.fromEntries(
      tables.filter(({ rows }) => rows.length > 0).map(({ table, rows }) => [table, rows]),
    ),
  })
  return isDeepStrictEqual(plain(now), plain(then))
}

function changed(clientId: string): SetupError {
  return new SetupError({
    code: 'database.client-changed',
    what: `The rows of the client ${clientId} are others than those that were kept.`,
    cause: 'The service, or someone else, has changed them since.',
    next: 'Stop the service, look at the client again, and repeat the change.',
    untouched: 'No row was removed.',
  })
}

function noLongerThere(what: string): SetupError {
  return new SetupError({
    code: 'database.schema-changed',
    what: `The rows cannot be put back: ${what} is not there any more.`,
    cause: 'The tables have changed since the rows were kept, such as by an update of the service.',
    next: 'Put the rows back by hand, from the file that they are kept in.',
    untouched: 'The database is as it was.',
  })
}
