import { longText, shortText, u16, u32, u8 } from './bytes.ts'
import { cell, COLLATION, columnsOf, typeInfo, type Column, type SqlValue } from './values.ts'

/** What the server says: an error from class 11 on, below it information. [MS-TDS] 2.2.7.10 */
export interface ServerMessage {
  readonly number: number
  readonly text: string
  /** Default 1. */
  readonly state?: number
  /** Default 16. */
  readonly class?: number
  /** Of the batch; default 1. */
  readonly line?: number
}

const DONE = 0xfd
const DONE_PROC = 0xfe
const DONE_IN_PROC = 0xff
const HAS_ERROR = 0x02
const HAS_COUNT = 0x10
const HAS_MORE = 0x01
const ATTENTION = 0x20
const LOWEST_ERROR = 11
const TDS_7_4 = Buffer.from([0x74, 0, 0, 4])
const VERSION_16 = Buffer.from([16, 0, 0x0f, 0xa0])

export function message({ number, text, state = 1, class: severity = 16, line = 1 }: ServerMessage): Buffer {
  const body = Buffer.concat([
    u32(number),
    u8(state),
    u8(severity),
    longText(text),
    shortText('RESPONDER'),
    shortText(''),
    u32(line),
  ])
  return token(severity >= LOWEST_ERROR ? 0xaa : 0xab, body)
}

/** The end of an answer. */
export function done(): Buffer {
  return doneToken(DONE, 0, 0)
}

export function doneWithError(rpc: boolean): Buffer {
  return doneToken(rpc ? DONE_PROC : DONE, HAS_ERROR, 0)
}

/** The two messages that answer an attention: the end of what was under way, and the acknowledgement. */
export function acknowledgements(): readonly Buffer[] {
  return [doneToken(DONE, HAS_ERROR, 0), doneToken(DONE, ATTENTION, 0)]
}

/** The answer to one statement that went well: rows, or how many rows it changed. */
export function result(answer: StatementAnswer, rpc: boolean): Buffer {
  const tokens: Buffer[] = []
  if ('rows' in answer) {
    const columns = answer.columns ?? columnsOf(answer.rows)
    if (columns.length === 0) tokens.push(columnData([{ name: '', type: 'int' }]))
    else tokens.push(columnData(columns), ...answer.rows.map((row) => rowToken(columns, row)))
  }
  const count = 'rows' in answer ? answer.rows.length : answer.affected
  tokens.push(doneToken(rpc ? DONE_IN_PROC : DONE, HAS_COUNT | (rpc ? HAS_MORE : 0), count))
  // RETURNSTATUS 0. [MS-TDS] 2.2.7.18
  if (rpc) tokens.push(u8(0x79), u32(0), doneToken(DONE_PROC, 0, 0))
  return Buffer.concat(tokens)
}

export type StatementAnswer =
  | { readonly rows: readonly Readonly<Record<string, SqlValue>>[]; readonly columns?: readonly Column[] }
  | { readonly affected: number }

/** The login is accepted. [MS-TDS] 2.2.7.14 */
export function loginAccepted(database: string, packetSize: number): Buffer {
  return Buffer.concat([
    change(1, shortText(database), shortText('master')),
    message({ number: 5701, state: 2, class: 0, text: `Changed database context to '${database}'.` }),
    change(7, Buffer.concat([u8(COLLATION.length), COLLATION]), u8(0)),
    token(0xad, Buffer.concat([u8(1), TDS_7_4, shortText('Microsoft SQL Server'), VERSION_16])),
    change(4, shortText(String(packetSize)), shortText('4096')),
    done(),
  ])
}

/** A transaction begins (8), is committed (9) or rolled back (10). [MS-TDS] 2.2.7.9 */
export function transactionChange(type: 8 | 9 | 10, id: bigint): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = 8
  bytes.writeBigUInt64LE(id, 1)
  return type === 8 ? change(8, bytes, u8(0)) : change(type, u8(0), bytes)
}

function token(id: number, body: Buffer): Buffer {
  return Buffer.concat([u8(id), u16(body.length), body])
}

function change(type: number, now: Buffer, before: Buffer): Buffer {
  return token(0xe3, Buffer.concat([u8(type), now, before]))
}

function doneToken(id: number, status: number, rows: number): Buffer {
  return Buffer.concat([u8(id), u16(status), u16(0), u32(rows), u32(0)])
}

/** COLMETADATA: nullable columns. [MS-TDS] 2.2.7.4 */
function columnData(columns: readonly Column[]): Buffer {
  const described = columns.map(({ name, type }) =>
    Buffer.concat([u32(0), u16(0x09), typeInfo(type), shortText(name)]),
  )
  return Buffer.concat([u8(0x81), u16(columns.length), ...described])
}

function rowToken(columns: readonly Column[], row: Readonly<Record<string, SqlValue>>): Buffer {
  return Buffer.concat([u8(0xd1), ...columns.map(({ name, type }) => cell(type, row[name] ?? null))])
}
