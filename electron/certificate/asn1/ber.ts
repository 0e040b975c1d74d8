/** One element of a BER or DER structure (ITU-T X.690). */
export interface Element {
  /** The identifier octet, such as 0x30 for a sequence; `[0]` is 0xA0 constructed and 0x80 primitive. */
  readonly tag: number
  /** Without identifier and length. */
  readonly content: Buffer
  /** Identifier, length and content, as they stood in the file. */
  readonly raw: Buffer
  /** Of a constructed element; empty for a primitive one. */
  readonly children: readonly Element[]
}

/** The bytes are not the structure that was looked for. Never leaves the room. */
export class MalformedError extends Error {}

/** Deeper than any certificate; keeps a hostile file from filling the stack. */
const MOST_LEVELS = 40

/** Reads one element that takes up all the bytes. @throws MalformedError */
export function readElement(bytes: Uint8Array): Element {
  const element = readFirst(bytes)
  if (element.raw.length !== bytes.length) throw new MalformedError('Bytes follow the structure.')
  return element
}

/** Reads the element that the bytes begin with, whatever follows it. @throws MalformedError */
export function readFirst(bytes: Uint8Array): Element {
  return elementAt(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, 0)
}

/** The element at a place among the children, if it is of this kind. @throws MalformedError */
export function child(parent: Element, index: number, ...tags: readonly number[]): Element {
  const element = parent.children[index]
  if (!element || (tags.length > 0 && !tags.includes(element.tag)))
    throw new MalformedError(`Part ${index} is of another kind.`)
  return element
}

/** The bytes of an octet string, or of an implicitly tagged one; BER may cut it into parts. @throws MalformedError */
export function octetsOf(element: Element): Buffer {
  return element.tag & 0x20 ? Buffer.concat(element.children.map((part) => octetsOf(part))) : element.content
}

/** An object identifier as text, such as `1.2.840.113549.1.7.1`. @throws MalformedError */
export function identifierOf({ tag, content }: Element): string {
  if (tag !== 0x06 || content.length === 0 || content.at(-1)! & 0x80)
    throw new MalformedError('No identifier.')
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [head = 0, ...rest] = arcs
  const first = Math.min(Math.floor(head / 40), 2)
  return [first, head - first * 40, ...rest].join('.')
}

/** A non-negative whole number that fits a JavaScript number. @throws MalformedError */
export function numberOf({ tag, content }: Element): number {
  if (tag !== 0x02 || content.length === 0 || content.length > 6 || content[0]! & 0x80)
    throw new MalformedError('No small number.')
  return content.readUIntBE(0, content.length)
}

function elementAt(bytes: Buffer, start: number, level: number): Element {
  if (level > MOST_LEVELS) throw new MalformedError('Too deep.')
  const tag = byteAt(bytes, start)
  // Tag numbers above 30 do not occur in any of these formats.
  if ((tag & 0x1f) === 0x1f) throw new MalformedError('A tag of several bytes.')
  const first = byteAt(bytes, start + 1)
  if (first === 0x80) return endless(bytes, start, level)
  const { at, length } = lengthAt(bytes, start + 1, first)
  const end = at + length
  if (end > bytes.length) throw new MalformedError('Cut short.')
  const children: Element[] = []
  if (tag & 0x20)
    for (let next = at; next < end; next += children.at(-1)!.raw.length)
      children.push(elementAt(bytes.subarray(0, end), next, level + 1))
  return { tag, content: bytes.subarray(at, end), raw: bytes.subarray(start, end), children }
}

/** BER's form without a length, ended by two zero bytes: older Windows and Java write PFX files so. */
function endless(bytes: Buffer, start: number, level: number): Element {
  const tag = bytes[start]!
  if (!(tag & 0x20)) throw new MalformedError('A primitive element without a length.')
  const children: Element[] = []
  let next = start + 2
  while (byteAt(bytes, next) !== 0 || byteAt(bytes, next + 1) !== 0) {
    const part = elementAt(bytes, next, level + 1)
    children.push(part)
    next += part.raw.length
  }
  const content = bytes.subarray(start + 2, next)
  return { tag, content, raw: bytes.subarray(start, next + 2), children }
}

function lengthAt(bytes: Buffer, at: number, first: number): { at: number; length: number } {
  if (first < 0x80) return { at: at + 1, length: first }
  const digits = first & 0x7f
  if (digits > 4 || at + 1 + digits > bytes.length) throw new MalformedError('A length that cannot be.')
  return { at: at + 1 + digits, length: bytes.readUIntBE(at + 1, digits) }
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new MalformedError('Cut short.')
  return byte
}
