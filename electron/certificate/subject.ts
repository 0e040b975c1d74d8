import { SetupError } from '../contract/problem.ts'

/** One part of a distinguished name, such as `CN=Identity Service`. */
export interface SubjectPart {
  readonly type: SubjectType
  readonly value: string
}

/** A distinguished name in the order people write it: the most specific part first. */
export interface Subject {
  /** Spelled out anew, RFC 4514. */
  readonly text: string
  readonly parts: readonly SubjectPart[]
}

type SubjectType = keyof typeof longest

/** Upper bounds in characters: RFC 5280, appendix A.1. A country is an ISO 3166 code. */
const longest = { CN: 64, O: 64, OU: 64, L: 128, ST: 128, C: 2 } as const

/** Other spellings in use; Windows writes a state as `S`. */
const spellings: Readonly<Record<string, SubjectType>> = { S: 'ST' }

/** Used when the installer has no wish: the service is recognised, nobody is named. */
export const DEFAULT_SUBJECT = 'CN=Identity Service'

/**
 * Reads a distinguished name such as `CN=Identity Service, O=Acme, C=CY`. Escapes of RFC 4514 (`\,`, `\E2\82\AC`)
 * and quoted values are understood; several values in one part (`+`) are not offered.
 *
 * @throws SetupError `certificate.subject`
 */
export function parseSubject(text: string): Subject {
  const parts = splitUnescaped(text).map((part) => parsePart(part))
  return { text: parts.map((part) => `${part.type}=${escapeValue(part.value)}`).join(', '), parts }
}

function parsePart(part: string): SubjectPart {
  const equals = part.indexOf('=')
  if (part.trim() === '') throw refused('The subject has an empty part.')
  if (equals < 0) throw refused(`“${part.trim()}” has no “=”.`)
  const name = part.slice(0, equals).trim().toUpperCase()
  const type = spellings[name] ?? name
  if (!isSubjectType(type))
    throw refused(`“${name}” is not a part this program knows.`, `Use ${Object.keys(longest).join(', ')}.`)
  const value = unescapeValue(trimSpaces(part.slice(equals + 1)), type)
  checkValue(type, value)
  return { type, value }
}

function isSubjectType(type: string): type is SubjectType {
  return Object.hasOwn(longest, type)
}

function checkValue(type: SubjectType, value: string): void {
  if (value === '') throw refused(`${type} is empty.`)
  if (/\p{Cc}/u.test(value)) throw refused(`${type} has a control character in it.`)
  if (!value.isWellFormed()) throw refused(`${type} has half of a character in it.`)
  const length = [...value].length
  if (type === 'C' && !/^[A-Za-z]{2}$/.test(value))
    throw refused('C takes a country code of two letters.', 'Write it like this: C=CY.')
  if (length > longest[type])
    throw refused(`${type} has ${length} characters; a certificate holds ${longest[type]}.`, 'Shorten it.')
}

/** Splits at commas that are neither escaped nor inside quotes. */
function splitUnescaped(text: string): string[] {
  const parts = ['']
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '\\') {
      parts[parts.length - 1] += character + (text[++at] ?? '')
      continue
    }
    if (character === '"') quoted = !quoted
    if (character === ',' && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  if (quoted) throw refused('A quotation mark is opened and not closed.')
  return parts
}

/** Spaces around a value do not count, but for an escaped one at its end. */
function trimSpaces(text: string): string {
  const bare = text.replace(/^ +/, '').replace(/ +$/, '')
  const backslashes = /\\*$/.exec(bare)![0].length
  return backslashes % 2 === 1 ? `${bare} ` : bare
}

function unescapeValue(raw: string, type: SubjectType): string {
  if (raw.startsWith('#'))
    throw refused(`${type} starts with “#”.`, 'Write the value as text, or escape it: \\#.')
  const bytes: Buffer[] = []
  const source = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw
  const quoted = source !== raw
  for (let at = 0; at < source.length; at++) {
    const character = String.fromCodePoint(source.codePointAt(at)!)
    if (character === '\\') {
      const hex = /^[0-9A-Fa-f]{2}/.exec(source.slice(at + 1, at + 3))?.[0]
      const next = source[at + 1]
      if (hex !== undefined) bytes.push(Buffer.from(hex, 'hex'))
      else if (next !== undefined && ' "#+,;<=>\\'.includes(next)) bytes.push(Buffer.from(next))
      else throw refused(`${type} has a “\\” that escapes nothing.`, 'Write \\\\ for one backslash.')
      at += hex === undefined ? 1 : 2
      continue
    }
    if (!quoted && '+;<>"'.includes(character))
      throw refused(`${type} has “${character}” in it.`, `Write \\${character} instead.`)
    if (/[\uD800-\uDFFF]/.test(character) && character.length === 1)
      throw refused(`${type} has half of a character in it.`)
    bytes.push(Buffer.from(character))
    at += character.length - 1
  }
  return utf8(Buffer.concat(bytes), type)
}

function utf8(bytes: Buffer, type: SubjectType): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refused(`The escaped bytes in ${type} are not UTF-8.`)
  }
}

/** A value with the escapes of RFC 4514, 2.4. */
export function escapeValue(value: string): string {
  return value.replace(/["+,;<>\\]|^[# ]| $/g, '\\$&')
}

function refused(what: string, next = 'Write it like this: CN=Identity Service, O=Acme, C=CY.'): SetupError {
  return new SetupError({ code: 'certificate.subject', what, next })
}
