import type { ClientEntry } from '../../service/clients.ts'
import { looksGenerated } from '../new-installation/client-facts.ts'

/** The client that every copy of a build ships with. */
export const BUILT_IN = 'bpmonline-designer'

/**
 * The client by which a token can be asked for as a proof: with a secret, and allowed to use client credentials. Of
 * several the one that looks like Creatio's own, and the one that came with the service last. Empty when there is none.
 */
export function systemClientIn(clients: readonly ClientEntry[]): string {
  const usable = clients.filter(
    ({ id, secrets, grantTypes }) =>
      id !== '' && secrets.length > 0 && grantTypes.includes('client_credentials'),
  )
  const added = usable.filter(({ id }) => id !== BUILT_IN)
  return (added.find(looksGenerated) ?? added[0] ?? usable[0])?.id ?? ''
}
