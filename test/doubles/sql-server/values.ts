import { u16, u8 } from './bytes.ts'

/** What a cell or a parameter holds. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null

export type ColumnType =
  'int' | 'bigint' | 'bit' | 'float' | 'nvarchar' | 'datetime2' | 'uniqueidentifier' | 'varbinary'

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** SQL_Latin1_General_CP1_CI_AS. [MS-TDS] 2.2.5.1.2 */
export const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34])

const LONGEST = 8000
const DAY = 86_400_000
/** Days from 1 January 0001 to 1 January 1970. */
export const DAYS_BEFORE_1970 = 719_162

/** TYPE_INFO of a column. [MS-TDS] 2.2.5.4 */
export function typeInfo(type: ColumnType): Buffer {
  switch (type) {
    case 'int':
      return Buffer.from([0x26, 4])
    case 'bigint':
      return Buffer.from([0x26, 8])
    case 'bit':
      return Buffer.from([0x68, 1])
    case 'float':
      return Buffer.from([0x6d, 8])
    case 'uniqueidentifier':
      return Buffer.from([0x24, 16])
    case 'datetime2':
      return Buffer.from([0x2a, 7])
    case 'varbinary':
      return Buffer.concat([u8(0xa5), u16(LONGEST)])
    case 'nvarchar':
      return Buffer.concat([u8(0xe7), u16(LONGEST), COLLATION])
  }
}

/** One cell of a ROW token. [MS-TDS] 2.2.5.2.3 */
export function cell(type: ColumnType, value: SqlValue): Buffer {
  if (value === null) return type === 'nvarchar' || type === 'varbinary' ? u16(0xffff) : u8(0)
  switch (type) {
    case 'nvarchar':
      return counted(Buffer.from(String(value), 'utf16le'))
    case 'varbinary':
      return counted(value as Buffer)
    default: {
      const bytes = fixed(type, value)
      return Buffer.concat([u8(bytes.length), bytes])
    }
  }
}

function counted(bytes: Buffer): Buffer {
  if (bytes.length > LONGEST)
    throw new Error(`A cell of ${bytes.length} bytes; the responder writes ${LONGEST}.`)
  return Buffer.concat([u16(bytes.length), bytes])
}

function fixed(type: ColumnType, value: SqlValue): Buffer {
  const bytes = Buffer.alloc(type === 'int' ? 4 : 8)
  switch (type) {
    case 'int':
      bytes.writeInt32LE(Number(value))
      return bytes
    case 'bigint':
      bytes.writeBigInt64LE(BigInt(value as number))
      return bytes
    case 'float':
      bytes.writeDoubleLE(Number(value))
      return bytes
    case 'bit':
      return u8(value ? 1 : 0)
    case 'datetime2': {
      const ms = (value as Date).getTime()
      const day = Math.floor(ms / DAY)
      bytes.writeUIntLE((ms - day * DAY) * 10_000, 0, 5)
      bytes.writeUIntLE(day + DAYS_BEFORE_1970, 5, 3)
      return bytes
    }
    default: {
      const hex = Buffer.from(String(value).replaceAll('-', ''), 'hex')
      const reversed = [hex.subarray(0, 4), hex.subarray(4, 6), hex.subarray(6, 8)].map((part) =>
        Buffer.from(part).reverse(),
      )
      return Buffer.concat([...reversed, hex.subarray(8)])
    }
  }
}

/** The columns that fit rows given as objects: the first value that is not null decides. */
export function columnsOf(rows: readonly Readonly<Record<string, SqlValue>>[]): readonly Column[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.map((name) => ({
    name,
    type: typeOf(rows.map((row) => row[name]).find((value) => value !== null && value !== undefined)),
  }))
}

function typeOf(value: SqlValue | undefined): ColumnType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'bigint') return 'bigint'
  if (typeof value === 'boolean') return 'bit'
  if (value instanceof Date) return 'datetime2'
  return Buffer.isBuffer(value) ? 'varbinary' : 'nvarchar'
}
