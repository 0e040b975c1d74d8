import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom'
import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { type ConfigElement, holdsSecret, same } from './config-element.ts'

/** Deeper than any configuration of IIS, and far from what recursion can take. */
const DEEPEST = 50

/**
 * The objects in what appcmd printed: the children of `<appcmd>`, or a fragment of configuration as it is.
 *
 * Unverified on a real server: whether a list without any object is an `<appcmd>` without children or no output at
 * all; both are an empty list. Throws `iis.answer` for anything else, even where appcmd ended with 0. The text itself
 * is in no error, because it may hold passwords.
 */
export function readObjects(text: string): readonly ConfigElement[] {
  const xml = text.replace(/^\uFEFF/, '').trim()
  if (xml === '') return []
  if (!xml.startsWith('<')) throw unreadable('It does not begin with an XML element.')
  if (/<!DOCTYPE/i.test(xml)) throw unreadable('It holds a DOCTYPE.')
  const root = parse(xml)
  const element = read(root, undefined, 0)
  return same(element.name, 'appcmd') ? element.children : [element]
}

function parse(xml: string): Element {
  try {
    const parser = new DOMParser({ onError: onErrorStopParsing, normalizeLineEndings })
    const root = parser.parseFromString(xml, 'text/xml').documentElement
    if (root !== null) return root
  } catch {
    // The parser's message quotes the text.
  }
  throw unreadable('It is not well-formed XML.')
}

/** By the rules of XML 1.0, which appcmd writes; the parser's own are those of 1.1, which change more characters. */
function normalizeLineEndings(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function read(node: Element, parent: string | undefined, depth: number): ConfigElement {
  if (depth > DEEPEST) throw unreadable('Its elements are nested too deeply.')
  const attributes = new Map<string, string | Secret>()
  for (let index = 0; index < node.attributes.length; index++) {
    const found = node.attributes.item(index)
    if (!found) continue
    const { name, value } = found
    attributes.set(name, value !== '' && isSecret(name, parent) ? new Secret(value) : value)
  }
  const children: ConfigElement[] = []
  for (let next = node.firstChild; next; next = next.nextSibling)
    if (next.nodeType === next.ELEMENT_NODE) children.push(read(next as Element, node.nodeName, depth + 1))
  return { name: node.nodeName, attributes, children }
}

/** Passwords, and variables of a pool's environment, which administrators use for connection strings. */
function isSecret(name: string, parent: string | undefined): boolean {
  return (
    /password$/i.test(name) ||
    (parent !== undefined && same(parent, 'environmentVariables') && same(name, 'value'))
  )
}

/**
 * What appcmd reads on standard input with `/in`: pure ASCII, so that no code page can change a password on its way.
 * It holds secrets in clear text. Throws `iis.character` for what XML 1.0 cannot hold.
 */
export function printObjects(objects: readonly ConfigElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<appcmd>${objects.map(print).join('')}</appcmd>\r\n`
}

/** As {@link printObjects} for one object, or undefined where that would tell a secret: fit for a journal. */
export function publicXml(object: ConfigElement): string | undefined {
  return holdsSecret(object) ? undefined : printObjects([object])
}

/** As {@link printObjects} for one object, with every secret hidden: fit to be looked at and compared. */
export function maskedXml(object: ConfigElement): string {
  return printObjects([masked(object)])
}

function masked(element: ConfigElement): ConfigElement {
  const attributes = [...element.attributes].map(([name, value]) => [name, String(value)] as const)
  return { ...element, attributes: new Map(attributes), children: element.children.map(masked) }
}

function print({ name, attributes, children }: ConfigElement): string {
  const start = [name, ...[...attributes].map(([key, value]) => `${key}="${spelled(key, value)}"`)].join(' ')
  return children.length === 0 ? `<${start} />` : `<${start}>${children.map(print).join('')}</${name}>`
}

function spelled(name: string, value: string | Secret): string {
  const text = value instanceof Secret ? value.open() : value
  // https://www.w3.org/TR/xml/#charsets
  if (/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)) throw unprintable(name)
  return text.replace(
    /[^\x20-\x7e]|[&<>"']/gu,
    (sign) => `&#x${sign.codePointAt(0)!.toString(16).toUpperCase()};`,
  )
}

function unreadable(why: string): SetupError {
  return new SetupError({
    code: 'iis.answer',
    what: 'The configuration of IIS was not read: appcmd answered in a form that this program does not know.',
    cause: why,
    next: 'Run “appcmd list site /xml” at a command prompt as administrator and look at its answer.',
  })
}

function unprintable(attribute: string): SetupError {
  return new SetupError({
    code: 'iis.character',
    what: `The value for “${attribute}” holds a control character, which IIS cannot store.`,
    next: 'Choose a value without control characters.',
    untouched: 'IIS was not changed.',
  })
}
