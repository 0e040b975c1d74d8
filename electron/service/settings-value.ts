import type { Node } from 'jsonc-parser'
import { SetupError } from '../contract/problem.ts'
import { positionAt, type TextEdit } from '../text/edit.ts'
import { addProperty, replaceValue } from './json-edit.ts'
import { propertiesOf } from './json-text.ts'
import { foldKey, type SettingsTree } from './settings-tree.ts'

export type Scalar = string | number | boolean

/** What a key holds as .NET hands it to the service, or undefined when it holds no single value. */
export function settingOf(tree: SettingsTree, path: string): string | undefined {
  const node = tree.values.get(foldKey(path))?.node
  return node === undefined || ['object', 'array', 'null'].includes(node.type)
    ? undefined
    : String(node.value)
}

/**
 * Edits that give a key a value. It is found in whatever spelling it stands in the file and keeps its JSON type;
 * a missing one is added to the deepest object on its path.
 * Throws `settings.not-a-value` and `settings.bad-text`.
 */
export function setSetting(tree: SettingsTree, path: string, value: Scalar): TextEdit[] {
  if (typeof value === 'string' && !value.isWellFormed())
    throw new SetupError({
      code: 'settings.bad-text',
      what: `The value for ${path} holds half a character and cannot be written.`,
      where: { path },
      next: 'Type the value again.',
    })
  const found = tree.values.get(foldKey(path))?.node
  const section = tree.sections.find(({ key }) => key === foldKey(path))?.node
  const blocked =
    section ?? (found && (found.type === 'object' || found.type === 'array') ? found : undefined)
  if (blocked)
    throw new SetupError({
      code: 'settings.not-a-value',
      what: `The key ${path} holds a group of settings where one value is expected.`,
      where: {
        ...(tree.file === undefined ? {} : { file: tree.file }),
        ...positionAt(tree.text, blocked.offset),
        path,
      },
      next: 'Compare the file with the one in the vendor’s archive and correct it.',
    })
  return found ? replaceTyped(found, value) : addSetting(tree, path, value)
}

function replaceTyped(node: Node, value: Scalar): TextEdit[] {
  const text = String(value)
  if (node.type === 'boolean' && /^(true|false)$/i.test(text))
    return replaceValue(node, text.toLowerCase() === 'true')
  if (node.type === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return replaceValue(node, Number(text))
  if (node.type !== 'string') return replaceValue(node, value)
  // .NET reads "True" and "true" alike.
  const same = typeof value === 'boolean' && String(node.value).toLowerCase() === text
  return same ? [] : replaceValue(node, text)
}

function addSetting(tree: SettingsTree, path: string, value: Scalar): TextEdit[] {
  const folded = foldKey(path)
  const containers = [
    ...tree.sections.filter(({ node }) => node.type === 'object'),
    ...Array.from(tree.values, ([key, { node }]) => ({ key, node })).filter(
      ({ node }) => node.type === 'object',
    ),
  ].filter(({ key }) => key === '' || folded.startsWith(`${key}:`))
  const deepest = containers.reduce((best, other) => (other.key.length > best.key.length ? other : best))
  const rest = (deepest.key === '' ? path : path.slice(deepest.key.length + 1)).split(':')
  const taken = propertiesOf(deepest.node).some(({ name }) => foldKey(name) === foldKey(rest[0]!))
  if (taken) return addProperty(tree.text, deepest.node, rest.join(':'), value)
  const nested = rest.slice(1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)
  return addProperty(tree.text, deepest.node, rest[0]!, nested)
}
