import { DOMParser, type Element, type Node } from '@xmldom/xmldom'
import type { XmlNode } from '../../configuration/xml.ts'
import { commandFailed } from './failure.ts'

/** An object that `/in` reads: `<APPPOOL APPPOOL.NAME="X"><add …/></APPPOOL>`. */
export interface InputObject {
  readonly name: string
  /** Its configuration, where it was written with `/config`. */
  readonly config: XmlNode | undefined
}

/**
 * The objects of a kind in the XML on standard input.
 * Unverified on a real server: what it makes of bytes beyond ASCII. They are refused here.
 * @throws AppcmdFailure 8007000d for anything that is not such a document
 */
export function readInput(stdin: Uint8Array, object: string): readonly InputObject[] {
  const root = parse(stdin)
  if (root.name !== 'appcmd') throw commandFailed(13, 'invalidData')
  return root.children.map((node) => {
    const name = node.attributes[`${object}.NAME`]
    if (node.name !== object || name === undefined) throw commandFailed(13, 'invalidData')
    return { name, config: node.children[0] }
  })
}

function parse(stdin: Uint8Array): XmlNode {
  const text = Buffer.from(stdin).toString('latin1')
  if (/[^\x00-\x7f]/.test(text)) throw commandFailed(13, 'invalidData')
  try {
    const parser = new DOMParser({
      onError: (_, message) => {
        throw new Error(message)
      },
    })
    const document = parser.parseFromString(text, 'text/xml')
    return nodeOf(document.documentElement!)
  } catch {
    throw commandFailed(13, 'invalidData')
  }
}

function nodeOf(node: Element): XmlNode {
  const attributes = Array.from(node.attributes, ({ name, value }) => [name, value] as const)
  return {
    name: node.tagName,
    attributes: Object.fromEntries(attributes),
    children: Array.from(node.childNodes).filter(isElement).map(nodeOf),
  }
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1
}
