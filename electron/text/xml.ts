import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom'
import { SetupError } from '../contract/problem.ts'
import { positionAt } from './edit.ts'
import { decodeText, type DecodedText } from './encoding.ts'

/** A start tag and where it stands; offsets are UTF-16 units in the text. */
export interface XmlElement {
  readonly name: string
  readonly parent: XmlElement | undefined
  readonly offset: number
  /** Just behind the last attribute, or behind the name when there is none. */
  readonly attributesEnd: number
  readonly attributes: readonly XmlAttribute[]
}

interface XmlAttribute {
  readonly name: string
  /** Entities decoded. */
  readonly value: string
  readonly quote: string
  /** Of the name. */
  readonly offset: number
  /** Of the first character between the quotes. */
  readonly valueOffset: number
  readonly valueEnd: number
}

/**
 * Decodes an XML file: by its byte order mark, else by the encoding its declaration names.
 * Throws what {@link decodeText} throws.
 */
export function decodeXml(bytes: Uint8Array, file?: string): DecodedText {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]
  // A file of single bytes that calls itself UTF-16 was saved by a careless tool; UTF-8 is what it then is.
  const usable = declared !== undefined && !/^utf-?(16|32)/i.test(declared) && isKnown(declared)
  return decodeText(bytes, file, usable ? declared : undefined)
}

/**
 * All start tags of a well-formed document, in order; comments, CDATA and processing instructions are passed over.
 * Throws `xml.malformed` with line and column, and refuses a DOCTYPE: no file that this program reads needs one,
 * and its entities could grow without bound.
 */
export function scanXml(text: string, file?: string): readonly XmlElement[] {
  const fail = (offset: number, why: string): SetupError => malformed(text, offset, why, file)
  const elements: XmlElement[] = []
  const open: XmlElement[] = []
  let done = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', done)) {
    checkText(text.slice(done, at), done, open.length > 0, fail)
    const skipped = skipSpecial(text, at, fail)
    if (skipped !== undefined) {
      done = skipped
      continue
    }
    if (text.startsWith('</', at)) {
      const end = /^<\/([^\s>]+)\s*>/.exec(text.slice(at, at + 400))
      const element = open.pop()
      if (!end || element?.name !== end[1])
        throw fail(at, element ? `The element ${element.name} is not closed here.` : 'Nothing is open here.')
      done = at + end[0].length
      continue
    }
    if (open.length === 0 && elements.length > 0)
      throw fail(at, 'The document has ended before this element.')
    const { element, end, selfClosing } = readTag(text, at, open.at(-1), fail)
    elements.push(element)
    if (!selfClosing) open.push(element)
    done = end
  }
  checkText(text.slice(done), done, open.length > 0, fail)
  const left = open.at(-1)
  if (left) throw fail(left.offset, `The element ${left.name} is never closed.`)
  if (elements.length === 0) throw fail(0, 'The file holds no XML element.')
  confirm(text, fail)
  return elements
}

/** Spells a value for an attribute in the given quotes. */
export function escapeAttribute(value: string, quote: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function checkText(content: string, offset: number, inside: boolean, fail: Fail): void {
  const outside = inside ? -1 : content.search(/\S/)
  if (outside !== -1) throw fail(offset + outside, 'Text is not allowed outside the elements.')
  decodeEntities(content, offset, fail)
}

type Fail = (offset: number, why: string) => SetupError

function skipSpecial(text: string, at: number, fail: Fail): number | undefined {
  for (const [start, stop] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const)
    if (text.startsWith(start, at)) {
      const end = text.indexOf(stop, at + start.length)
      if (end === -1) throw fail(at, `${start} is never closed by ${stop}.`)
      return end + stop.length
    }
  if (text.startsWith('<!', at)) throw fail(at, 'A DOCTYPE is not allowed in this file.')
  return undefined
}

function readTag(text: string, at: number, parent: XmlElement | undefined, fail: Fail) {
  const name = /^<([\p{L}_][\p{L}\p{N}_.:-]*)/u.exec(text.slice(at, at + 400))?.[1]
  if (name === undefined) throw fail(at, 'An element name is expected after <.')
  const attributes: XmlAttribute[] = []
  let end = at + 1 + name.length
  for (let cursor = end; ; cursor = end) {
    while (/\s/.test(text[cursor] ?? '')) cursor++
    const close = /^\/?>/.exec(text.slice(cursor, cursor + 2))?.[0]
    if (close !== undefined) {
      const element: XmlElement = { name, parent, offset: at, attributesEnd: end, attributes }
      return { element, end: cursor + close.length, selfClosing: close === '/>' }
    }
    if (cursor === end) throw fail(cursor, `The element ${name} is not closed by >.`)
    const attribute = readAttribute(text, cursor, fail)
    if (attributes.some((other) => other.name === attribute.name))
      throw fail(cursor, `The attribute ${attribute.name} stands twice in the element ${name}.`)
    attributes.push(attribute)
    end = attribute.valueEnd + 1
  }
}

function readAttribute(text: string, at: number, fail: Fail): XmlAttribute {
  const name = /^[^\s=<>/"']+/.exec(text.slice(at, at + 400))?.[0]
  if (name === undefined) throw fail(at, 'An attribute name is expected.')
  let cursor = at + name.length
  while (/\s/.test(text[cursor] ?? '')) cursor++
  if (text[cursor] !== '=') throw fail(cursor, `The attribute ${name} has no value.`)
  cursor++
  while (/\s/.test(text[cursor] ?? '')) cursor++
  const quote = text[cursor]
  if (quote !== '"' && quote !== "'")
    throw fail(cursor, `The value of ${name} is expected in quotation marks.`)
  const valueOffset = cursor + 1
  const valueEnd = text.indexOf(quote, valueOffset)
  if (valueEnd === -1) throw fail(cursor, `The value of ${name} is never closed by ${quote}.`)
  const raw = text.slice(valueOffset, valueEnd)
  const less = raw.indexOf('<')
  if (less !== -1) throw fail(valueOffset + less, `The value of ${name} holds <, which is written &lt;.`)
  return { name, value: decodeEntities(raw, valueOffset, fail), quote, offset: at, valueOffset, valueEnd }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(raw: string, offset: number, fail: Fail): string {
  // XML turns line ends and tabs inside an attribute into blanks; only character references keep them.
  return raw
    .replace(/\r\n|[\t\n\r]/g, (blank) => ' '.repeat(blank.length))
    .replace(/&([^;&]{0,12};)?/g, (whole, body: string | undefined, at: number) => {
      const name = body?.slice(0, -1) ?? ''
      const number = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name)
      const point = number ? parseInt(number[1] ?? number[2]!, number[1] === undefined ? 10 : 16) : undefined
      if (point !== undefined && point > 0 && point <= 0x10ffff) return String.fromCodePoint(point)
      if (NAMED[name] !== undefined) return NAMED[name]
      throw fail(offset + at, `${whole} is not an XML entity; the sign & itself is written &amp;.`)
    })
}

/** A second opinion by a whole parser, for what the scanner does not look at. */
function confirm(text: string, fail: Fail): void {
  try {
    new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml')
  } catch (error) {
    const place = (error as { locator?: { lineNumber?: number; columnNumber?: number } }).locator
    const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/)
    const before = lines.slice(0, Math.max(0, (place?.lineNumber ?? 1) - 1)).join('').length
    throw fail(before + Math.max(0, (place?.columnNumber ?? 1) - 1), firstLine(error))
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

function malformed(text: string, offset: number, why: string, file: string | undefined): SetupError {
  return new SetupError({
    code: 'xml.malformed',
    what: 'The file is not well-formed XML.',
    where: { ...(file === undefined ? {} : { file }), ...positionAt(text, offset) },
    cause: why,
    next: 'Correct the file at this place and try again.',
  })
}
