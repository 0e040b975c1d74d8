import type { ConnectionPool, Transaction } from 'mssql'
import { bracketed } from './names.ts'

// Unverified on a real server: that the texts of CONVERT read back to the last digit for each type.

/** A column that can be written. */
export interface Column {
  readonly name: string
  /** As it is declared, such as `datetime2(7)`. */
  readonly type: string
  readonly identity: boolean
  readonly kind: 'plain' | 'text' | 'time' | 'binary'
}

interface CatalogColumn {
  readonly name: string
  readonly type: string
  readonly scale: number
  readonly precision: number
  readonly is_identity: boolean
}

const COLUMNS = `
  select c.name, y.name as type, cast(c.scale as int) as scale, cast(c.[precision] as int) as [precision], c.is_identity
  from sys.columns c join sys.types y on y.user_type_id = c.system_type_id
  where c.object_id = object_id(quotename(schema_name()) + N'.' + quotename(@table))
    and c.is_computed = 0 and y.name <> N'timestamp'
  order by c.column_id`

const PLAIN = [
  'bit',
  'int',
  'smallint',
  'tinyint',
  'float',
  'real',
  'nvarchar',
  'varchar',
  'nchar',
  'char',
  'uniqueidentifier',
]
const TIMES = ['datetime2', 'datetime', 'smalldatetime', 'date', 'time', 'datetimeoffset']
const WITH_SCALE = ['datetime2', 'time', 'datetimeoffset']
const DECIMALS = ['decimal', 'numeric']

/** The columns of a table, in order; computed ones and row versions are the server's own. Empty when there is no such table. */
export async function columnsOf(on: ConnectionPool | Transaction, table: string): Promise<readonly Column[]> {
  const { recordset } = await on.request().input('table', table).query<CatalogColumn>(COLUMNS)
  return recordset.map((column) => ({
    name: column.name,
    type: declared(column),
    identity: column.is_identity,
    kind: kindOf(column.type),
  }))
}

function kindOf(type: string): Column['kind'] {
  if (PLAIN.includes(type)) return 'plain'
  if (TIMES.includes(type)) return 'time'
  return type === 'binary' || type === 'varbinary' || type === 'image' ? 'binary' : 'text'
}

function declared({ type, scale, precision }: CatalogColumn): string {
  if (WITH_SCALE.includes(type)) return `${type}(${scale})`
  if (DECIMALS.includes(type)) return `${type}(${precision}, ${scale})`
  return type === 'varbinary' || type === 'binary' ? 'varbinary(max)' : type
}

/**
 * How a column is read so that JSON can hold it: times as ISO 8601 with all their digits, bytes in hexadecimal.
 * https://learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql#date-and-time-styles
 */
export function readAs({ name, kind, type }: Column): string {
  const column = bracketed(name)
  switch (kind) {
    case 'plain':
      return column
    case 'time':
      return `convert(nvarchar(50), ${column}, 126) as ${column}`
    case 'binary':
      return `convert(nvarchar(max), convert(varbinary(max), ${column}), 1) as ${column}`
    case 'text':
      return `convert(nvarchar(max), ${column}${styleOf(type)}) as ${column}`
  }
}

/** Whether a number of this column may have a fraction, or be beyond an int. */
export function isFloating({ type }: Column): boolean {
  return type === 'float' || type === 'real'
}

/** Money is written with two digits by itself, and has four. */
function styleOf(type: string): string {
  return /^(small)?money$/.test(type) ? ', 2' : ''
}

/** The reverse of {@link readAs} for a parameter such as `@p1`. */
export function writeAs({ type, kind }: Column, parameter: string): string {
  switch (kind) {
    case 'plain':
      return parameter
    case 'time':
      return `convert(${type}, ${parameter}, 126)`
    case 'binary':
      return `convert(${type}, ${parameter}, 1)`
    case 'text':
      return `convert(${type}, ${parameter})`
  }
}
