import { DAYS_BEFORE_1970, type SqlValue } from './values.ts'

export interface Parameter {
  readonly name: string
  readonly value: SqlValue
  /** Offset behind it. */
  readonly end: number
}

const UNICODE = [0xe7, 0xef]
const ANSI = [0xa7, 0xaf]
const BINARY = [0xa5, 0xad]
const TIMES = [0x29, 0x2a, 0x2b]
const DATE = 0x28
const DECIMALS = [0x6a, 0x6c]
const DAY = 86_400_000

/** One parameter of a procedure call, in the types that the drivers under test send. [MS-TDS] 2.2.6.6, 2.2.5.4 */
export function readParameter(body: Buffer, start: number): Parameter {
  const nameEnd = start + 1 + 2 * body[start]!
  const name = body.toString('utf16le', start + 1, nameEnd)
  // One byte of flags stands before the type.
  const type = body[nameEnd + 1]!
  return { name, ...readValue(body, type, nameEnd + 2) }
}

type Read = Pick<Parameter, 'value' | 'end'>

function readValue(body: Buffer, type: number, at: number): Read {
  if ([...UNICODE, ...ANSI, ...BINARY].includes(type)) return readText(body, type, at)
  if (type === DATE) return readDate(body, at)
  if (TIMES.includes(type)) return readTime(body, type, at)
  if (DECIMALS.includes(type)) return readDecimal(body, at)
  const { bytes, end } = readShort(body, at + 1)
  return { value: bytes === null ? null : numberOf(type, bytes), end }
}

function readText(body: Buffer, type: number, at: number): Read {
  const longest = body.readUInt16LE(at)
  const from = at + 2 + (BINARY.includes(type) ? 0 : 5)
  const { bytes, end } = longest === 0xffff ? readChunks(body, from) : readCounted(body, from)
  if (bytes === null) return { value: null, end }
  if (BINARY.includes(type)) return { value: Buffer.from(bytes), end }
  return { value: bytes.toString(UNICODE.includes(type) ? 'utf16le' : 'latin1'), end }
}

interface Bytes {
  readonly bytes: Buffer | null
  readonly end: number
}

function readShort(body: Buffer, at: number): Bytes {
  const length = body[at]!
  const end = at + 1 + length
  return { bytes: length === 0 ? null : body.subarray(at + 1, end), end }
}

function readCounted(body: Buffer, at: number): Bytes {
  const length = body.readUInt16LE(at)
  if (length === 0xffff) return { bytes: null, end: at + 2 }
  return { bytes: body.subarray(at + 2, at + 2 + length), end: at + 2 + length }
}

/** PLP_BODY: a total, then chunks until an empty one. [MS-TDS] 2.2.5.2.3 */
function readChunks(body: Buffer, start: number): Bytes {
  if (body.readBigUInt64LE(start) === 0xffff_ffff_ffff_ffffn) return { bytes: null, end: start + 8 }
  const chunks: Buffer[] = []
  let at = start + 8
  for (;;) {
    const length = body.readUInt32LE(at)
    at += 4
    if (length === 0) return { bytes: Buffer.concat(chunks), end: at }
    chunks.push(body.subarray(at, at + length))
    at += length
  }
}

function readDate(body: Buffer, at: number): Read {
  const { bytes, end } = readShort(body, at)
  return { value: bytes && new Date((bytes.readUIntLE(0, 3) - DAYS_BEFORE_1970) * DAY), end }
}

function readTime(body: Buffer, type: number, at: number): Read {
  const scale = body[at]!
  const { bytes, end } = readShort(body, at + 1)
  if (bytes === null) return { value: null, end }
  const timeLength = bytes.length - (type === 0x29 ? 0 : type === 0x2a ? 3 : 5)
  const ms = bytes.readUIntLE(0, timeLength) / 10 ** (scale - 3)
  const day = type === 0x29 ? DAYS_BEFORE_1970 : bytes.readUIntLE(timeLength, 3)
  return { value: new Date((day - DAYS_BEFORE_1970) * DAY + ms), end }
}

/** Length and precision, then the scale, then a value of sign and magnitude. */
function readDecimal(body: Buffer, at: number): Read {
  const scale = body[at + 2]!
  const { bytes, end } = readShort(body, at + 3)
  if (bytes === null) return { value: null, end }
  let magnitude = 0n
  for (const byte of bytes.subarray(1).toReversed()) magnitude = (magnitude << 8n) | BigInt(byte)
  return { value: (Number(magnitude) / 10 ** scale) * (bytes[0] === 0 ? -1 : 1), end }
}

function numberOf(type: number, bytes: Buffer): SqlValue {
  switch (type) {
    case 0x26:
      return bytes.length === 8 ? bytes.readBigInt64LE() : bytes.readIntLE(0, bytes.length)
    case 0x68:
      return bytes[0] !== 0
    case 0x6d:
      return bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE()
    default:
      return Buffer.from(bytes)
  }
}
