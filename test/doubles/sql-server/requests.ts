import { readParameter } from './parameters.ts'
import type { SqlValue } from './values.ts'

export interface SqlRequest {
  readonly sql: string
  readonly parameters: Readonly<Record<string, SqlValue>>
  /** Asked as a procedure call, which ends in other tokens. */
  readonly rpc: boolean
}

const SP_EXECUTESQL = 10
const NEXT_CALL = [0x80, 0xff]

/** A batch: text behind the headers, whose length comes first. [MS-TDS] 2.2.6.7 */
export function readBatch(body: Buffer): SqlRequest {
  return { sql: body.toString('utf16le', body.readUInt32LE(0)), parameters: {}, rpc: false }
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
  const parameters = (statement ? given.slice(2) : given).map(
    ({ name: spelt, value }) => [spelt.replace(/^@/, ''), value] as const,
  )
  return {
    sql: statement ? String(given[0]?.value) : `exec ${name}`,
    parameters: Object.fromEntries(parameters),
    rpc: true,
  }
}
