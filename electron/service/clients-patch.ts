import type { Node } from 'jsonc-parser'
import { SetupError } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import type { TextEdit } from '../text/edit.ts'
import type { EditedText } from '../text/edited-text.ts'
import {
  entryList,
  entryProperty,
  entryText,
  locateClients,
  readClients,
  secretNodes,
  type ClientsPlace,
} from './clients.ts'
import { addItem, addProperty, replaceValue } from './json-edit.ts'
import { valueOf } from './json-text.ts'
import { MANUAL_SCOPES, NEWER_SCOPES } from './scope-names.ts'
import { parseSettings } from './settings-tree.ts'
import { setSetting } from './settings-value.ts'

/** The system client: the one by which Creatio talks to the service. */
export interface ClientEdit {
  readonly id: string
  readonly name: string
  readonly secret: Secret
  /** Public address of the service; default is the manual's `http://localhost:8090`. */
  readonly redirectBase?: string
  /** Scopes beside those of the manual, of newer builds and of the clients that are there. */
  readonly scopes?: readonly string[]
  /** All grant types that it is to have; left out, those of the manual, or those that it has and `client_credentials`. */
  readonly grantTypes?: readonly string[]
  /** Replaces the secrets that every copy of a build ships with, where they still stand. Needs `shipped`. */
  readonly builtInSecret?: Secret
  /** `appsettings.json` as it came in the archive: what its clients hold is public knowledge. */
  readonly shipped?: Uint8Array
}

/**
 * Puts the system client into the text of a settings file. An entry is found by its id, else by its name unless
 * that entry is one of the shipped ones; unknown fields of it stay, and so does every byte of the other entries.
 * Throws what {@link locateClients} throws, and `settings.bad-text`.
 */
export function patchClients(settings: EditedText, edit: ClientEdit, file?: string): void {
  for (const value of [edit.id, edit.name, edit.secret.open(), edit.redirectBase ?? ''])
    if (!value.isWellFormed())
      throw new SetupError({
        code: 'settings.bad-text',
        what: 'A value of the system client holds half a character and cannot be written.',
        where: { path: 'Clients' },
        next: 'Type the value again.',
      })
  const shipped = edit.shipped ? readClients(edit.shipped) : []
  const shippedIds = new Set(shipped.map((client) => client.id))
  const find = ({ entries }: ClientsPlace): Node | undefined =>
    entries.find((entry) => entryText(entry, 'ClientId') === edit.id) ??
    entries.find(
      (entry) =>
        entryText(entry, 'ClientName') === edit.name && !shippedIds.has(entryText(entry, 'ClientId')),
    )

  // One change at a time: each is made in the text that the one before left.
  const tree = parseSettings(settings.text, file)
  if (!locateClients(tree)) settings.apply(setSetting(tree, 'Clients', '[]'))
  const change = (make: (place: ClientsPlace) => readonly TextEdit[]) => {
    const place = locateClients(parseSettings(settings.text, file))!
    settings.apply(place.toFile(make(place)))
  }
  change((place) =>
    replaceShipped(
      place,
      find(place),
      shipped.flatMap((client) => client.secrets),
      edit,
    ),
  )
  const scopes = [...new Set([...wantedScopes(settings.text, shipped, file), ...(edit.scopes ?? [])])]
  change((place) => (find(place) ? [] : addItem(place.text, place.list, newEntry(edit, scopes))))
  const onEntry = (make: (text: string, entry: Node) => TextEdit[]) =>
    change((place) => make(place.text, find(place)!))
  onEntry((inner, entry) => setText(inner, entry, 'ClientId', edit.id))
  onEntry((inner, entry) => setText(inner, entry, 'ClientName', edit.name))
  onEntry((inner, entry) => setSecret(inner, entry, edit.secret.open()))
  const { grantTypes } = edit
  if (grantTypes) onEntry((_, entry) => setGrants(entry, grantTypes))
  const uris = edit.redirectBase === undefined ? undefined : redirectUris(edit.redirectBase)
  for (const [name, wanted] of [
    ['AllowedGrantTypes', edit.grantTypes ?? ['client_credentials']],
    ['RedirectUris', uris ?? []],
    ['PostLogoutRedirectUris', uris?.slice(0, 1) ?? []],
    ['AllowedScopes', scopes],
  ] as const)
    for (const item of wanted) onEntry((inner, entry) => addToList(inner, entry, name, item))
}

function replaceShipped(
  place: ClientsPlace,
  own: Node | undefined,
  shipped: readonly Secret[],
  { builtInSecret }: ClientEdit,
): TextEdit[] {
  if (!builtInSecret) return []
  return place.entries
    .filter((entry) => entry !== own)
    .flatMap(secretNodes)
    .filter((node) => shipped.some((secret) => secret.open() === node.value))
    .flatMap((node) => replaceValue(node, builtInSecret.open()))
}

function wantedScopes(
  text: string,
  shipped: readonly { scopes: readonly string[] }[],
  file?: string,
): string[] {
  const present = locateClients(parseSettings(text, file))?.entries ?? []
  return [
    ...new Set([
      ...present.flatMap((entry) => entryList(entry, 'AllowedScopes')),
      ...shipped.flatMap((client) => client.scopes),
      ...MANUAL_SCOPES,
      ...NEWER_SCOPES,
    ]),
  ]
}

/** The manual's sample, field for field. */
function newEntry(edit: ClientEdit, scopes: readonly string[]): object {
  const uris = redirectUris(edit.redirectBase ?? 'http://localhost:8090')
  return {
    ClientId: edit.id,
    ClientName: edit.name,
    Secrets: [edit.secret.open()],
    AllowedGrantTypes: edit.grantTypes ?? ['implicit', 'client_credentials'],
    RedirectUris: uris,
    PostLogoutRedirectUris: uris.slice(0, 1),
    IdentityTokenLifetime: 300,
    AccessTokenLifetime: 3600,
    // A list in a string in a string in the file: the third level of escaping.
    Properties: { AllowedQueryParameters: JSON.stringify(['invitationHash', 'targetSubject']) },
    AllowedScopes: scopes,
  }
}

function redirectUris(base: string): string[] {
  const address = base.replace(/\/+$/, '')
  return [address, `${address}/lib`, `${address}/lib/`]
}

function setText(text: string, entry: Node, name: string, value: string): TextEdit[] {
  const node = entryProperty(entry, name)
  return node ? replaceValue(node, value) : addProperty(text, entry, name, value)
}

/** The given secret alone: one that was left beside it would still open the door. */
function setSecret(text: string, entry: Node, secret: string): TextEdit[] {
  const holder = entryProperty(entry, 'Secrets')
  if (!holder) return addProperty(text, entry, 'Secrets', [secret])
  const only = holder.children?.length === 1 ? secretNodes(entry) : []
  return only.length === 1 ? replaceValue(only[0]!, secret) : replaceValue(holder, [secret])
}

/** What is not wanted goes, by the whole list being written; what is missing is added after it. */
function setGrants(entry: Node, wanted: readonly string[]): TextEdit[] {
  const holder = entryProperty(entry, 'AllowedGrantTypes')
  const present = entryList(entry, 'AllowedGrantTypes')
  if (!holder || present.every((grant) => wanted.includes(grant))) return []
  return replaceValue(holder, wanted)
}

function addToList(text: string, entry: Node, name: string, item: string): TextEdit[] {
  const holder = entryProperty(entry, name)
  if (!holder) return addProperty(text, entry, name, [item])
  if (holder.type !== 'array') return replaceValue(holder, [item])
  const present: unknown = valueOf(holder)
  return Array.isArray(present) && present.includes(item) ? [] : addItem(text, holder, item)
}
