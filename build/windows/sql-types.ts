import type { ConnectionPool } from 'mssql'
import { columnsOf, readAs, writeAs } from '../../electron/database/sql-server/columns.ts'

/** A value of one of SQL Server's types, with as many digits as the type has. */
export interface TypedValue {
  readonly name: string
  readonly type: string
  readonly literal: string
}

/** What became of it. */
export interface TypeRecord extends TypedValue {
  /** As the program reads it, and as a file keeps it. */
  readonly read?: unknown
  /** Whether the server takes what the program writes for the value that it was. */
  readonly same?: boolean
  readonly error?: string
}

export const SQL_TYPES: readonly TypedValue[] = [
  value('datetime2(7)', `'2024-01-31T23:59:59.9999999'`),
  value('datetime2(3)', `'2024-01-31T23:59:59.999'`),
  value('datetime2(0)', `'2024-01-31T23:59:59'`),
  value('datetime', `'2024-01-31T23:59:59.997'`),
  value('smalldatetime', `'2024-01-31T23:59:00'`),
  value('date', `'0001-01-01'`),
  value('time(7)', `'23:59:59.9999999'`),
  value('datetimeoffset(7)', `'2024-01-31T23:59:59.9999999+13:45'`),
  value('bit', '1'),
  value('int', '-2147483648'),
  value('bigint', '-9223372036854775808'),
  value('decimal(38, 10)', '1234567890123456789012345678.0123456789'),
  value('money', '922337203685477.5807'),
  value('float', '0.1234567890123456'),
  value('real', '0.1234567'),
  value('uniqueidentifier', `'4DC3E181-E14B-4A21-B022-59FC669B0914'`),
  value('nvarchar(200)', `N'Ж “ö” 😀 '' '`),
  value('varbinary(max)', '0x00FF10'),
]

const TABLE = 'RecordingOfTypes'

/**
 * Takes a value of each type the way of a client's row: read, kept as JSON, written again. A table stands meanwhile in
 * the database that is open.
 */
export async function recordTypes(pool: ConnectionPool, values = SQL_TYPES): Promise<readonly TypeRecord[]> {
  const records: TypeRecord[] = []
  for (const each of values) {
    await pool.query(`create table [${TABLE}] ([Value] ${each.type} null)`)
    try {
      records.push({ ...each, ...(await thereAndBack(pool, each)) })
    } catch (error) {
      records.push({ ...each, error: String(error) })
    } finally {
      await pool.query(`drop table [${TABLE}]`)
    }
  }
  return records
}

async function thereAndBack(pool: ConnectionPool, { literal }: TypedValue): Promise<Partial<TypeRecord>> {
  await pool.query(`insert into [${TABLE}] values (${literal})`)
  const [column] = await columnsOf(pool, TABLE)
  if (!column) throw new Error('The program finds no column.')
  const found = await pool.query<{ Value: unknown }>(`select ${readAs(column)} from [${TABLE}]`)
  const read: unknown = JSON.parse(JSON.stringify(found.recordset[0]!.Value))
  await pool
    .request()
    .input('p0', read)
    .query(`insert into [${TABLE}] values (${writeAs(column, '@p0')})`)
  const { recordset } = await pool.query<{ different: number }>(
    `select count(distinct [Value]) as different from [${TABLE}]`,
  )
  return { read, same: recordset[0]!.different === 1 }
}

function value(type: string, literal: string): TypedValue {
  return { name: `sql-${type.replaceAll(/\W+/g, '-').replace(/-$/, '')}`, type, literal }
}
