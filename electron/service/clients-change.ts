import type { Node } from 'jsonc-parser'
import { SetupError } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import type { TextEdit } from '../text/edit.ts'
import type { EditedText } from '../text/edited-text.ts'
import { entryList, entryProperty, entryText, locateClients, secretNodes } from './clients.ts'
import { addItem, addProperty, replaceValue } from './json-edit.ts'
import { parseSettings } from './settings-tree.ts'

/** A client that the settings hold, and what it is to become. What is left out stays. */
export interface ClientChange {
  /** ClientId of today. */
  readonly formerId: string
  readonly id: string
  readonly name?: string
  readonly secret?: Secret
  /** All scopes that it is to have. */
  readonly scopes?: readonly string[]
  /** All grant types that it is to have. */
  readonly grantTypes?: readonly string[]
}

/**
 * Changes a client in the text of a settings file, where it stands: unknown fields of it stay, and so does every byte
 * of the other clients. Each entry of the former id is changed: one that stayed would make the service add that client
 * again.
 * @throws SetupError `settings.no-such-client`, `settings.bad-text`, and what `locateClients` throws
 */
export function changeClient(settings: EditedText, change: ClientChange, file?: string): void {
  for (const value of textsIn(change)) if (!value.isWellFormed()) throw halfCharacter()
  const isMeant = (entry: Node) => [change.formerId, change.id].includes(entryText(entry, 'ClientId'))
  const located = () => locateClients(parseSettings(settings.text, file))
  const meant = (located()?.entries ?? []).flatMap((entry, at) => (isMeant(entry) ? [at] : []))
  if (meant.length === 0) throw noSuchClient(change.formerId, file)
  for (const at of meant)
    for (const make of editsFor(change)) {
      // One change at a time: each is made in the text that the one before left.
      const place = located()!
      settings.apply(place.toFile(make(place.text, place.entries[at]!)))
    }
}

type EntryEdit = (text: string, entry: Node) => TextEdit[]

function editsFor({ id, name, secret, scopes, grantTypes }: ClientChange): readonly EntryEdit[] {
  return [
    textEdit('ClientId', id),
    ...(name === undefined ? [] : [textEdit('ClientName', name)]),
    ...(secret === undefined ? [] : secretEdits(secret.open())),
    ...(grantTypes === undefined ? [] : listEdits('AllowedGrantTypes', grantTypes)),
    ...(scopes === undefined ? [] : listEdits('AllowedScopes', scopes)),
  ]
}

function textEdit(name: string, value: string): EntryEdit {
  return (text, entry) => {
    const node = entryProperty(entry, name)
    return node ? replaceValue(node, value) : addProperty(text, entry, name, value)
  }
}

/** The given secret alone, under every name that is in use: one that was left beside it would still open the door. */
function secretEdits(secret: string): readonly EntryEdit[] {
  return ['Secrets', 'ClientSecrets'].map((name, at) => (text, entry) => {
    const holder = entryProperty(entry, name)
    if (!holder) {
      const elsewhere = at > 0 || entryProperty(entry, 'ClientSecrets') !== undefined
      return elsewhere ? [] : addProperty(text, entry, name, [secret])
    }
    const inHolder = secretNodes(entry).filter((node) => isWithin(node, holder))
    const only = holder.children?.length === 1 ? inHolder : []
    return only.length === 1 ? replaceValue(only[0]!, secret) : replaceValue(holder, [secret])
  })
}

/** The whole list. What is only longer is added to; a list that has it all, in whatever order, stays. */
function listEdits(name: string, wanted: readonly string[]): readonly EntryEdit[] {
  const whole: EntryEdit = (text, entry) => {
    const holder = entryProperty(entry, name)
    if (!holder) return addProperty(text, entry, name, wanted)
    const present = entryList(entry, name)
    const isWhole = holder.type === 'array' && present.length === (holder.children?.length ?? 0)
    return isWhole && present.every((item) => wanted.includes(item)) ? [] : replaceValue(holder, wanted)
  }
  const added = wanted.map((item): EntryEdit => (text, entry) => {
    const holder = entryProperty(entry, name)!
    return entryList(entry, name).includes(item) ? [] : addItem(text, holder, item)
  })
  return [whole, ...added]
}

function isWithin(node: Node, holder: Node): boolean {
  return node.offset >= holder.offset && node.offset < holder.offset + holder.length
}

function textsIn({ id, name, secret, scopes = [], grantTypes = [] }: ClientChange): readonly string[] {
  return [id, name ?? '', secret?.open() ?? '', ...scopes, ...grantTypes]
}

function halfCharacter(): SetupError {
  return new SetupError({
    code: 'settings.bad-text',
    what: 'A value of the client holds half a character and cannot be written.',
    where: { path: 'Clients' },
    next: 'Type the value again.',
  })
}

function noSuchClient(id: string, file: string | undefined): SetupError {
  return new SetupError({
    code: 'settings.no-such-client',
    what: `The settings hold no client ${id}.`,
    where: { ...(file === undefined ? {} : { file }), path: 'Clients' },
    next: 'Look at Clients in the settings, and name a client that is there.',
    untouched: 'The settings were left as they are.',
  })
}
