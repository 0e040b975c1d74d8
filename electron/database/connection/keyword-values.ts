import { SetupError } from '../../contract/problem.ts'
import { XML_SIGN } from './xml-signs.ts'

/** One `keyword=value` of a connection string, and where its value stands in the text. */
export interface KeywordValue {
  /** As written, without surrounding space; `==` is read as `=`. */
  readonly keyword: string
  readonly value: string
}

export interface PlacedKeywordValue extends KeywordValue {
  /** Offsets into the text: of the whole pair with the `;` behind it, and of its value with its quotes. */
  readonly start: number
  readonly end: number
  readonly valueStart: number
  readonly valueEnd: number
}

// What .NET's Char.IsWhiteSpace and Char.IsControl say; JavaScript's \s differs in U+0085 and U+FEFF.
const SPACE = /[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/

/**
 * Reads `keyword=value;...` by the rules of ADO.NET: values in single or double quotes with the quote doubled
 * inside, space around keywords and unquoted values ignored. Order and repetitions are kept.
 * https://learn.microsoft.com/dotnet/api/system.data.common.dbconnectionstringbuilder
 * @throws SetupError `database.connection-string` with the column at which the reading stopped.
 */
export function readKeywordValues(text: string): readonly PlacedKeywordValue[] {
  refuseOtherForms(text)
  const pairs: PlacedKeywordValue[] = []
  let at = 0
  for (;;) {
    while (at < text.length && (text[at] === ';' || isSpace(text[at]!))) at++
    if (at >= text.length) return pairs
    const pair = readPair(text, at)
    pairs.push(pair)
    at = pair.end
  }
}

/** Forms in which other programs name a database. Read as pairs, their passwords would become keywords. */
function refuseOtherForms(text: string): void {
  if (/^\s*(jdbc:|[a-z][a-z\d+.-]*:\/\/)/i.test(text))
    throw new SetupError({
      ...PROBLEM,
      cause: 'It is a URL, as programs for Java, Python and JavaScript take it.',
      next: 'Enter server, port, database, user and password one by one.',
    })
  if (/^\s*</.test(text))
    throw new SetupError({
      ...PROBLEM,
      cause: 'It is XML, copied from a file such as ConnectionStrings.config.',
      next: `Choose Creatio’s folder to have the file read, or enter what stands between the quotes of connectionString, ${WITHOUT_XML}.`,
    })
}

function readPair(text: string, start: number): PlacedKeywordValue {
  let at = start
  let keyword = ''
  for (; ; at++) {
    const char = text[at]
    if (char === undefined) throw refused(text, start, 'A keyword has no “=” behind it.')
    if (char === '=') {
      if (text[at + 1] !== '=') break
      at++
    }
    keyword += char
  }
  keyword = trimEnd(keyword)
  if (keyword === '') throw refused(text, start, 'A “=” has no keyword before it.')
  if (isControl(keyword)) throw refused(text, start, 'A keyword holds a control character.')
  at++
  while (at < text.length && isSpace(text[at]!)) at++
  const quote = text[at]
  const read = quote === '"' || quote === "'" ? readQuoted(text, at, quote) : readPlain(text, at)
  return { keyword, start, ...read }
}

type ReadValue = Pick<PlacedKeywordValue, 'value' | 'valueStart' | 'valueEnd' | 'end'>

function readQuoted(text: string, valueStart: number, quote: string): ReadValue {
  let value = ''
  let at = valueStart + 1
  for (; ; at++) {
    const char = text[at]
    if (char === undefined) throw refused(text, valueStart, 'A quoted value has no closing quote.')
    if (char === '\0') throw refused(text, at, 'A value holds a NUL character.')
    if (char === quote) {
      if (text[at + 1] !== quote) break
      at++
    }
    value += char
  }
  const valueEnd = ++at
  while (at < text.length && isSpace(text[at]!)) at++
  if (at < text.length && text[at] !== ';')
    throw refused(text, at, 'Text follows the closing quote of a value.')
  return { value, valueStart, valueEnd, end: Math.min(at + 1, text.length) }
}

function readPlain(text: string, valueStart: number): ReadValue {
  let at = valueStart
  for (; at < text.length && text[at] !== ';'; at++)
    if (isControl(text[at]!) && !isSpace(text[at]!))
      throw refused(text, at, 'A value holds a control character.')
  const value = trimEnd(text.slice(valueStart, at))
  if (/["']$/.test(value)) throw refused(text, valueStart, 'A value ends with a quote that was never opened.')
  return { value, valueStart, valueEnd: valueStart + value.length, end: Math.min(at + 1, text.length) }
}

/** `keyword=value` with the quotes it needs to be read back as it is. */
export function printKeywordValue({ keyword, value }: KeywordValue): string {
  return `${keyword.replaceAll('=', '==')}=${printValue(value)}`
}

/** A value with the quotes that ADO.NET needs around it, none when it needs none. */
export function printValue(value: string): string {
  const needsQuotes = [...value].some((char) => '"\'=;'.includes(char) || isSpace(char) || isControl(char))
  if (!needsQuotes) return value
  if (value.includes('"') && !value.includes("'")) return `'${value}'`
  return `"${value.replaceAll('"', '""')}"`
}

function isSpace(char: string): boolean {
  return SPACE.test(char)
}

/** Whether a text holds a control character, tab and line ends included. */
export function isControl(text: string): boolean {
  return CONTROL.test(text)
}

function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text[end - 1]!)) end--
  return text.slice(0, end)
}

const PROBLEM = { code: 'database.connection-string', what: 'The connection string cannot be read.' }
const WITHOUT_XML = 'with “&” for “&amp;” and “"” for “&quot;”'

function refused(text: string, offset: number, cause: string): SetupError {
  const xml = XML_SIGN.test(text) ? ` What was copied from an XML file is written ${WITHOUT_XML}.` : ''
  return new SetupError({
    ...PROBLEM,
    where: { column: offset + 1 },
    cause,
    next: `Correct the connection string; a value with “;”, “=”, quotes or space at its ends stands in quotes.${xml}`,
  })
}
