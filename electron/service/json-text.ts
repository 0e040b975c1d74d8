import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

/** Why a text is not the JSON that .NET's configuration reads, and where. */
export interface JsonFlaw {
  readonly offset: number
  readonly why: string
}

/** Deeper nesting is refused by System.Text.Json. */
const MAX_DEPTH = 64

// Numbers of jsonc-parser's SyntaxKind, a const enum that erased TypeScript cannot name.
const OPENING = new Set([1, 3])
const CLOSING = new Set([2, 4])
const COMMENTS = new Set([12, 13])
const END = 17

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value is expected here',
  InvalidNumberFormat: 'this is not a number',
  PropertyNameExpected: 'a name in double quotation marks is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'the file should end here',
  InvalidCommentToken: 'this is not a comment',
  UnexpectedEndOfComment: 'a comment is never closed',
  UnexpectedEndOfString: 'a text is never closed by a quotation mark',
  UnexpectedEndOfNumber: 'a number ends too early',
  InvalidUnicode: '\\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash in a text is written \\\\',
  InvalidCharacter: 'a control character in a text is written as \\n, \\t or \\u00xx',
}

/** Parses JSON as .NET's configuration does: comments and trailing commas allowed, nothing else beyond the standard. */
export function parseJsonText(text: string): { root: Node } | { flaw: JsonFlaw } {
  const early = flawOfTokens(text)
  if (early) return { flaw: early }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  const error = errors[0]
  if (error) {
    const code = printParseErrorCode(error.error)
    return { flaw: { offset: error.offset, why: WORDS[code] ?? code } }
  }
  if (!root) return { flaw: { offset: text.length, why: 'the file is empty' } }
  const half = findHalfCharacter(root)
  return half ? { flaw: { offset: half.offset, why: 'a \\u escape is half a character' } } : { root }
}

/** The value a node stands for, as JSON.parse would give it; the last of doubled names wins. */
export function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf)
  if (node.type === 'object')
    return Object.fromEntries(propertiesOf(node).map(({ name, value }) => [name, valueOf(value)]))
  return node.value as unknown
}

export interface Property {
  readonly name: string
  readonly node: Node
  readonly value: Node
}

/** The properties of an object node, in order. */
export function propertiesOf(node: Node): Property[] {
  return (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? []
    return name && value ? [{ name: String(name.value), node: property, value }] : []
  })
}

function flawOfTokens(text: string): JsonFlaw | undefined {
  // Checked before the tree is built, as building it recurses.
  const scanner = createScanner(text, false)
  let depth = 0
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    if (OPENING.has(kind) && ++depth > MAX_DEPTH)
      return { offset: scanner.getTokenOffset(), why: `it is nested deeper than ${MAX_DEPTH} levels` }
    if (CLOSING.has(kind)) depth--
    if (COMMENTS.has(kind) && /[\u2028\u2029]/.test(scanner.getTokenValue()))
      return { offset: scanner.getTokenOffset(), why: 'a comment holds a line separator that .NET refuses' }
  }
  return undefined
}

function findHalfCharacter(node: Node): Node | undefined {
  if (node.type === 'string') return (node.value as string).isWellFormed() ? undefined : node
  for (const child of node.children ?? []) {
    const found = findHalfCharacter(child)
    if (found) return found
  }
  return undefined
}
