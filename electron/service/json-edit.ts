import { createScanner, type Node } from 'jsonc-parser'
import type { TextEdit } from '../text/edit.ts'
import { valueOf, propertiesOf } from './json-text.ts'

// Numbers of jsonc-parser's SyntaxKind, a const enum that erased TypeScript cannot name.
const COMMA = 5
const LINE_COMMENT = 12
const BLOCK_COMMENT = 13
const LINE_BREAK = 14
const BLANKS = 15

/** Edits that give a node another value; none when it has it already. */
export function replaceValue(node: Node, value: unknown): TextEdit[] {
  return JSON.stringify(valueOf(node)) === JSON.stringify(value)
    ? []
    : [{ offset: node.offset, length: node.length, text: JSON.stringify(value) }]
}

/** Edits that add a property behind the last one, in the style of its neighbours. */
export function addProperty(text: string, object: Node, name: string, value: unknown): TextEdit[] {
  const last = propertiesOf(object).at(-1)
  const between = last && text.slice(endOf(last.node.children![0]!), last.value.offset)
  const colon = between !== undefined && /^[ \t]*:[ \t]*$/.test(between) ? between : ': '
  return append(text, object, (lead) => JSON.stringify(name) + colon + print(text, value, lead))
}

/** Edits that add an item behind the last one, in the style of its neighbours. */
export function addItem(text: string, array: Node, value: unknown): TextEdit[] {
  return append(text, array, (lead) => print(text, value, lead))
}

/** `lead` is the blank text in front of the new piece; with a line break in it the piece may use more lines. */
function append(text: string, container: Node, piece: (lead: string) => string): TextEdit[] {
  const last = container.children?.at(-1)
  if (!last) return fillEmpty(text, container, piece)
  const own = leadOf(text, last)
  const end = endOf(last)
  const { comma, at, afterLineComment } = behind(text, end)
  const lead = afterLineComment && !own.includes('\n') ? newlineOf(text) + own : own
  return comma
    ? [{ offset: at, length: 0, text: `${lead}${piece(lead)},` }]
    : [
        { offset: end, length: 0, text: ',' },
        { offset: at, length: 0, text: lead + piece(lead) },
      ]
}

function fillEmpty(text: string, container: Node, piece: (lead: string) => string): TextEdit[] {
  const start = container.offset + 1
  const end = endOf(container) - 1
  const inner = text.slice(start, end)
  const used = inner.trimEnd().length
  const spread = /[\r\n]/.test(text) && (container.type === 'object' || /[\r\n]/.test(inner))
  const outer = indentationAt(text, container.offset)
  const newline = newlineOf(text)
  const lead = spread ? newline + outer + unitOf(text) : used > 0 ? ' ' : ''
  const tail = spread ? newline + outer : ''
  return [{ offset: start + used, length: inner.length - used, text: lead + piece(lead) + tail }]
}

/** What follows a value on its line: a comma, comments. Something new must go behind those. */
function behind(text: string, end: number): { comma: boolean; at: number; afterLineComment: boolean } {
  const scanner = createScanner(text, false)
  scanner.setPosition(end)
  const result = { comma: false, at: end, afterLineComment: false }
  let lineEnded = false
  for (let kind: number = scanner.scan(); ; kind = scanner.scan()) {
    const tokenEnd = scanner.getTokenOffset() + scanner.getTokenLength()
    if (kind === LINE_BREAK) lineEnded = true
    else if (kind === COMMA) {
      Object.assign(result, { comma: true, at: tokenEnd, afterLineComment: false })
      lineEnded = false
    } else if (kind === LINE_COMMENT || kind === BLOCK_COMMENT) {
      if (!lineEnded) Object.assign(result, { at: tokenEnd, afterLineComment: kind === LINE_COMMENT })
    } else if (kind !== BLANKS) return result
  }
}

/** Blank text between what precedes a node and the node. */
function leadOf(text: string, node: Node): string {
  const before = text.slice(0, node.offset)
  const lead = before.slice(before.trimEnd().length)
  const newline = /\r\n|\n|\r/.exec(lead)?.[0]
  // Empty lines between groups of settings are not repeated.
  return newline === undefined
    ? lead
    : newline + lead.slice(Math.max(lead.lastIndexOf('\n'), lead.lastIndexOf('\r')) + 1)
}

function print(text: string, value: unknown, lead: string): string {
  if (!/[\r\n]/.test(lead)) return JSON.stringify(value)
  const indentation = lead.replace(/^[\r\n]+/, '')
  return JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', newlineOf(text) + indentation)
}

/** The line end of the text: the first one found. */
function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
}

/** One level of indentation: what stands before the first indented name. */
function unitOf(text: string): string {
  return /[\r\n]([ \t]+)"/.exec(text)?.[1] ?? '  '
}

function indentationAt(text: string, offset: number): string {
  const before = text.slice(0, offset)
  return /^[ \t]*/.exec(before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1))![0]
}

function endOf(node: Node): number {
  return node.offset + node.length
}
