import { generateClientId, generateClientSecret } from '../../client/generate.ts'
import { CLIENT_ID_LENGTH, CLIENT_SECRET_LENGTH } from '../../client/limits.ts'
import type { Answers } from '../../contract/answers.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Vault } from '../../secrets/vault.ts'
import { readClients, type ClientEntry } from '../../service/clients.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { refuseSecret } from '../client-values.ts'

export interface SystemClient {
  readonly id: string
  readonly name: string
  readonly secret: Secret
  /** Where its secret comes from; `kept` was written by an earlier setup. */
  readonly from: 'answers' | 'kept' | 'generated'
}

export interface ClientSources {
  readonly machine: Machine
  readonly references: SecretReferences
  readonly vault: Vault
}

/**
 * The system client that the answers ask for. “generate” means: keep what an earlier setup wrote, and make something
 * new only where there is nothing to keep; a secret made anew would lock Creatio out.
 *
 * @param current settings in the target folder, when a service stands there
 * @param shipped settings as the archive holds them: their clients are the vendor's, never ours; undefined where the
 *   folder that is installed from is the one that is installed into, and an earlier setup has written there
 */
export async function systemClient(
  { client }: Answers,
  current: Uint8Array | undefined,
  shipped: Uint8Array | undefined,
  { machine, references, vault }: ClientSources,
): Promise<SystemClient> {
  const kept = current && keptClient(current, shipped, client)
  const id = client.id === 'generate' ? (kept?.id ?? generateClientId(machine.random)) : client.id
  if (client.secret !== 'generate') {
    const secret = await references.open(client.secret, 'client.secret')
    refuseSecret(secret, client.useAnyway)
    return { id, name: client.name, secret, from: 'answers' }
  }
  const keptSecret = kept?.id === id ? kept.secrets[0] : undefined
  const secret = keptSecret ?? generateClientSecret(machine.random)
  vault.put('client.secret', secret.open())
  return { id, name: client.name, secret, from: keptSecret ? 'kept' : 'generated' }
}

/** The entry that an earlier setup wrote: of this id, or of this name where the id is to be generated. */
function keptClient(
  current: Uint8Array,
  shipped: Uint8Array | undefined,
  client: { readonly id: string; readonly name: string },
): ClientEntry | undefined {
  const own = ownClients(current, shipped)
  if (client.id !== 'generate') return own.find(({ id }) => id === client.id)
  return own.find(({ name }) => name === client.name)
}

/** The clients in settings that did not come with the archive. */
export function ownClients(current: Uint8Array, shipped: Uint8Array | undefined): readonly ClientEntry[] {
  const vendors = new Set(shipped ? readClients(shipped).map(({ id }) => id) : [])
  return readClients(current).filter(({ id }) => !vendors.has(id))
}

/**
 * Whether settings that came as the source hold a client that an earlier setup wrote there: one of the given name with
 * the given id, or with an id and a secret of the lengths that this program gives them.
 */
export function holdsOwnClient(
  settings: Uint8Array,
  client: { readonly id: string; readonly name: string },
): boolean {
  return readClients(settings)
    .filter(({ name }) => name === client.name)
    .some((entry) => (client.id === 'generate' ? looksGenerated(entry) : entry.id === client.id))
}

/** Whether id and secret have the lengths that this program, and the vendor's manual, give them. */
export function looksGenerated({ id, secrets }: ClientEntry): boolean {
  return id.length === CLIENT_ID_LENGTH && secrets[0]?.open().length === CLIENT_SECRET_LENGTH
}
