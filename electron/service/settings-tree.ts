import type { Node } from 'jsonc-parser'
import { SetupError } from '../contract/problem.ts'
import { positionAt } from '../text/edit.ts'
import { parseJsonText, propertiesOf } from './json-text.ts'

/**
 * A settings file as .NET's configuration sees it: a flat list of keys joined by colons, without regard to case.
 * `{"Logging":{"LogLevel":{"Default":"x"}}}` and `{"logging:loglevel:default":"x"}` are the same to it.
 */
export interface SettingsTree {
  readonly text: string
  readonly file: string | undefined
  readonly root: Node
  /** Values by folded key; an empty object or array is a value too. */
  readonly values: ReadonlyMap<string, SettingsValue>
  /** Objects and arrays that hold something, the root (key `''`) among them, in order of appearance. */
  readonly sections: readonly { readonly key: string; readonly node: Node }[]
}

interface SettingsValue {
  /** As written, such as `Logging:LogLevel:Default`. */
  readonly key: string
  readonly node: Node
}

/** The name under which .NET compares keys: upper case, character by character. */
export function foldKey(key: string): string {
  return Array.from(key, (character) => {
    const upper = character.toUpperCase()
    // Ordinal comparison maps one character to one, and none from outside ASCII into it (ı, ſ).
    return upper.length !== character.length || (upper < '\u0080' && character >= '\u0080')
      ? character
      : upper
  }).join('')
}

/**
 * Parses the text of a settings file.
 *
 * Throws `settings.not-json` and `settings.not-an-object` with line and column, and `settings.duplicate-key`:
 * .NET's JsonConfigurationProvider stops the service there with a FormatException.
 */
export function parseSettings(text: string, file?: string): SettingsTree {
  const parsed = parseJsonText(text)
  const place = (offset: number) => ({ ...(file === undefined ? {} : { file }), ...positionAt(text, offset) })
  if ('flaw' in parsed)
    throw new SetupError({
      code: 'settings.not-json',
      what: 'The settings file is not JSON, so the service cannot start with it.',
      where: place(parsed.flaw.offset),
      cause: `At this place ${parsed.flaw.why}.`,
      next: 'Correct the file at this place and try again.',
    })
  const { root } = parsed
  if (root.type !== 'object')
    throw new SetupError({
      code: 'settings.not-an-object',
      what: `The settings file holds ${root.type === 'array' ? 'a list' : 'a single value'} where an object { } is expected.`,
      where: place(root.offset),
      next: 'Choose the appsettings.json of the Identity Service.',
    })
  const values = new Map<string, SettingsValue>()
  const sections: { key: string; node: Node }[] = []
  const visit = (node: Node, segments: readonly string[], at: number) => {
    const path = segments.join(':')
    const children = childrenOf(node)
    if (children.length > 0 || segments.length === 0) {
      sections.push({ key: foldKey(path), node })
      for (const child of children) visit(child.value, [...segments, child.name], child.offset)
      return
    }
    const first = values.get(foldKey(path))
    if (first) {
      const { line, column } = positionAt(text, first.node.offset)
      throw new SetupError({
        code: 'settings.duplicate-key',
        what: `The key ${path} stands twice in the settings file; the service does not start with that.`,
        where: { ...place(at), path },
        cause: `It already has a value in line ${line}, column ${column}; upper and lower case do not count.`,
        next: 'Remove one of the two and try again.',
      })
    }
    values.set(foldKey(path), { key: path, node })
  }
  visit(root, [], root.offset)
  return { text, file, root, values, sections }
}

function childrenOf(node: Node): { name: string; value: Node; offset: number }[] {
  if (node.type === 'object')
    return propertiesOf(node).map((property) => ({
      name: property.name,
      value: property.value,
      offset: property.node.offset,
    }))
  if (node.type === 'array')
    return (node.children ?? []).map((value, index) => ({ name: `${index}`, value, offset: value.offset }))
  return []
}
