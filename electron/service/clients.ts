import type { Node } from 'jsonc-parser'
import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { positionAt, type TextEdit } from '../text/edit.ts'
import { decodeText } from '../text/encoding.ts'
import { parseJsonText, propertiesOf, valueOf } from './json-text.ts'
import { foldKey, parseSettings, type SettingsTree } from './settings-tree.ts'

/** An entry of `Clients`, as far as this program looks at it. */
export interface ClientEntry {
  readonly id: string
  readonly name: string
  readonly secrets: readonly Secret[]
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly redirectUris: readonly string[]
}

/** Where the list of clients stands: usually JSON in a string of the settings file, sometimes a real list. */
export interface ClientsPlace {
  /** The text in which `list` has its offsets. */
  readonly text: string
  readonly list: Node
  readonly entries: readonly Node[]
  /** Turns edits of `text` into edits of the settings file, which leave the bytes around them alone. */
  toFile(edits: readonly TextEdit[]): TextEdit[]
}

/**
 * The clients that the service makes when it starts; empty when the key is missing or blank.
 * Throws what {@link locateClients} and {@link parseSettings} throw.
 */
export function readClients(bytes: Uint8Array, file?: string): ClientEntry[] {
  const place = locateClients(parseSettings(decodeText(bytes, file).text, file))
  return place?.entries.map(readEntry) ?? []
}

/**
 * Finds the list of clients; undefined when the key is missing, null or a blank string.
 * Throws `settings.clients-not-json` with the position inside the string and in the file, and
 * `settings.clients-shape` when it is not a list of objects.
 */
export function locateClients(tree: SettingsTree): ClientsPlace | undefined {
  const node = clientsNode(tree)
  if (node === undefined || node.type === 'null') return undefined
  if (node.type === 'array')
    return { text: tree.text, list: node, entries: entriesOf(tree, node, 0), toFile: (edits) => [...edits] }
  if (node.type !== 'string') throw wrongShape(tree, node.offset)
  const text = String(node.value)
  if (text.trim() === '') return undefined
  const offsets = offsetsInLiteral(tree.text, node, text.length)
  const parsed = parseJsonText(text)
  if ('flaw' in parsed)
    throw new SetupError({
      code: 'settings.clients-not-json',
      what: 'The value of Clients is not JSON inside its string, so the service cannot read its clients.',
      where: placeOf(tree, offsets[parsed.flaw.offset]!),
      cause: `At character ${parsed.flaw.offset + 1} inside the string ${parsed.flaw.why}.`,
      next: 'Correct the value at this place and try again.',
    })
  const list = parsed.root
  if (list.type !== 'array') throw wrongShape(tree, node.offset)
  return {
    text,
    list,
    entries: entriesOf(tree, list, node.offset),
    toFile: (edits) =>
      edits.map((edit) => ({
        offset: offsets[edit.offset]!,
        length: offsets[edit.offset + edit.length]! - offsets[edit.offset]!,
        text: JSON.stringify(edit.text).slice(1, -1),
      })),
  }
}

/** A property of an entry; .NET's JSON readers find it in any case. */
export function entryProperty(entry: Node, name: string): Node | undefined {
  return propertiesOf(entry).findLast((property) => property.name.toLowerCase() === name.toLowerCase())?.value
}

/** The text of a property of an entry, or an empty one. */
export function entryText(entry: Node, name: string): string {
  const node = entryProperty(entry, name)
  return node?.type === 'string' ? String(node.value) : ''
}

/** The texts in a list property of an entry. */
export function entryList(entry: Node, name: string): string[] {
  const node = entryProperty(entry, name)
  const value: unknown = node && valueOf(node)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The nodes that hold an entry's secrets: texts, or objects with a `Value`, under either name in use. */
export function secretNodes(entry: Node): Node[] {
  return ['Secrets', 'ClientSecrets'].flatMap((name) =>
    (entryProperty(entry, name)?.children ?? []).flatMap((item) => {
      const node = item.type === 'object' ? entryProperty(item, 'Value') : item
      return node?.type === 'string' ? [node] : []
    }),
  )
}

function readEntry(entry: Node): ClientEntry {
  return {
    id: entryText(entry, 'ClientId'),
    name: entryText(entry, 'ClientName'),
    secrets: secretNodes(entry).map((node) => new Secret(String(node.value))),
    scopes: entryList(entry, 'AllowedScopes'),
    grantTypes: entryList(entry, 'AllowedGrantTypes'),
    redirectUris: entryList(entry, 'RedirectUris'),
  }
}

function clientsNode(tree: SettingsTree): Node | undefined {
  const key = foldKey('Clients')
  return tree.values.get(key)?.node ?? tree.sections.find((section) => section.key === key)?.node
}

function entriesOf(tree: SettingsTree, list: Node, base: number): Node[] {
  const entries = list.children ?? []
  const other = entries.find((entry) => entry.type !== 'object')
  if (other) throw wrongShape(tree, base || other.offset)
  return entries
}

/** For each UTF-16 unit of a string's value where it stands in the file, and the closing quotation mark at last. */
function offsetsInLiteral(text: string, node: Node, length: number): number[] {
  const offsets: number[] = []
  let at = node.offset + 1
  while (offsets.length <= length) {
    offsets.push(at)
    at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2
  }
  return offsets
}

function wrongShape(tree: SettingsTree, offset: number): SetupError {
  return new SetupError({
    code: 'settings.clients-shape',
    what: 'The value of Clients is not a list of clients.',
    where: placeOf(tree, offset),
    next: 'Compare Clients with the sample in the deployment guide and correct it.',
  })
}

function placeOf(tree: SettingsTree, offset: number) {
  return {
    ...(tree.file === undefined ? {} : { file: tree.file }),
    ...positionAt(tree.text, offset),
    path: 'Clients',
  }
}
