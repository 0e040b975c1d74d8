import { readParameter } from './parameters.ts'
import type { SqlValue } from './values.ts'

export interface SqlRequest {
  readonly sql: string
  readonly parameters: Readonly<Record<string, SqlValue>>
  /** The parameters as they are declared, such as `@id nvarchar(200)`; empty without any. */
  readonly declared: string
  /** Asked as a procedure call, which ends in other tokens. */
  readonly rpc: boolean
}

const SP_EXECUTESQL = 10
const NEXT_CALL = [0x80, 0xff]

/** A batch: text behind the headers, whose length comes first. [MS-TDS] 2.2.6.7 */
export function readBatch(body: Buffer): SqlRequest {
  return { sql: body.toString('utf16le', body.readUInt32LE(0)), parameters: {}, declared: '', rpc: false }
}

/** One procedure call; `sp_executesql` is taken for the statement that it is given. [MS-TDS] 2.2.6.6 */
export function readCall(body: Buffer): SqlRequest {
  let at = body.readUInt32LE(0)
  const length = body.readUInt16LE(at)
  at += 2
  const byNumber = length === 0xffff
  const name = byNumber ? body.readUInt16LE(at) : body.toString('utf16le', at, at + 2 * length)
  at += (byNumber ? 2 : 2 * length) + 2
  const given: { name: string; value: SqlValue }[] = []
  while (at < body.length && !NEXT_CALL.includes(body[at]!)) {
    const parameter = readParameter(body, at)
    given.push(parameter)
    at = parameter.end
  }
  const statement = name === SP_EXECUTESQL || name === 'sp_executesql'
  // No script knows another one.
  if (!statement) return { sql: `exec [${name}]`, parameters: {}, declared: '', rpc: true }
  const [sql, declared, ...parameters] = given
  return {
    sql: String(sql?.value),
    parameters: Object.fromEntries(
      parameters.map(({ name: spelt, value }) => [spelt.replace(/^@/, ''), value]),
    ),
    declared: declared ? String(declared.value) : '',
    rpc: true,
  }
}
