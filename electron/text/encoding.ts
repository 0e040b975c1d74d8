import { SetupError } from '../contract/problem.ts'

/** How the bytes of a text file were written, so that it can be written back the same way. */
export interface DecodedText {
  readonly text: string
  /** `utf-8`, `utf-16le`, `utf-16be`, `utf-32le`, `utf-32be`, or the label of a single-byte code page. */
  readonly encoding: string
  readonly bom: boolean
}

const MARKS: readonly (readonly [string, readonly number[]])[] = [
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * Decodes a text file by its byte order mark, as .NET's StreamReader does; without one it must be UTF-8, or the
 * single-byte code page named by `declared`.
 *
 * Throws `text.utf16-without-mark` and `text.not-unicode` (with the line and column of the first wrong byte):
 * .NET would go on with damaged text there, and writing it back would destroy the original.
 */
export function decodeText(bytes: Uint8Array, file?: string, declared?: string): DecodedText {
  for (const [encoding, mark] of MARKS)
    if (mark.every((byte, index) => bytes[index] === byte)) {
      const text = decode(bytes.subarray(mark.length), encoding)
      if (text !== undefined) return { text, encoding, bom: true }
      throw notUnicode(bytes.subarray(mark.length), encoding, file)
    }
  if (bytes.subarray(0, 4).includes(0))
    throw new SetupError({
      code: 'text.utf16-without-mark',
      what: 'The file looks like UTF-16 or UTF-32 but has no byte order mark, so the service cannot read it.',
      ...(file === undefined ? {} : { where: { file, line: 1, column: 1 } }),
      next: 'Save the file as UTF-8 and try again.',
    })
  const encoding = declared === undefined || isUnicodeLabel(declared) ? 'utf-8' : declared.toLowerCase()
  const text = decode(bytes, encoding)
  if (text === undefined) throw notUnicode(bytes, encoding, file)
  return { text, encoding, bom: false }
}

/**
 * The bytes of a text in the encoding it was read in. A character that a single-byte code page lacks is given
 * to `spell`, which writes it another way.
 */
export function encodeText(
  like: Omit<DecodedText, 'text'>,
  text: string,
  spell: (character: string) => string = (character) => character,
): Uint8Array {
  const mark = like.bom ? (MARKS.find(([encoding]) => encoding === like.encoding)?.[1] ?? []) : []
  return Buffer.concat([Buffer.from(mark), encode(text, like.encoding, spell)])
}

function isUnicodeLabel(label: string): boolean {
  return /^(utf-?8|us-ascii|ascii)$/i.test(label)
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le')
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string | undefined {
  if (bytes.length % 4 !== 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
    parts.push(String.fromCodePoint(point))
  }
  return parts.join('')
}

function encode(text: string, encoding: string, spell: (character: string) => string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  if (encoding.startsWith('utf-32')) {
    const points = Array.from(text, (character) => character.codePointAt(0)!)
    const view = new DataView(new ArrayBuffer(points.length * 4))
    points.forEach((point, index) => view.setUint32(index * 4, point, encoding === 'utf-32le'))
    return Buffer.from(view.buffer)
  }
  const decoder = new TextDecoder(encoding)
  const byCharacter = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Buffer.from(
    Array.from(text, (character) =>
      byCharacter.has(character)
        ? [byCharacter.get(character)!]
        : Array.from(spell(character), (other) => byCharacter.get(other) ?? 0x3f),
    ).flat(),
  )
}

function notUnicode(bytes: Uint8Array, encoding: string, file: string | undefined): SetupError {
  const place = encoding === 'utf-8' ? firstWrongByte(bytes) : {}
  return new SetupError({
    code: 'text.not-unicode',
    what: `The file holds bytes that are not ${encoding.toUpperCase()}, so its special characters cannot be read.`,
    where: { ...(file === undefined ? {} : { file }), ...place },
    next: 'Open the file in an editor, check the special characters and save it as UTF-8.',
  })
}

function firstWrongByte(bytes: Uint8Array): { line: number; column: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 1
  let column = 1
  try {
    for (const byte of bytes) {
      const text = decoder.decode(Uint8Array.of(byte), { stream: true })
      if (text === '\n') [line, column] = [line + 1, 1]
      else column += text.length
    }
  } catch {
    // The place reached is the answer.
  }
  return { line, column }
}
