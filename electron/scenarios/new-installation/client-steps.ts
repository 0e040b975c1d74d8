import type { Installation } from '../../service/installation.ts'
import type { PlannedStep } from '../../setup/step.ts'
import type { RemoveClientInput } from '../../steps/remove-client.ts'
import { filesOf } from '../../steps/service-settings.ts'
import { clientRemoval } from '../change-client/removal.ts'
import { differingClient } from './contents-facts.ts'
import type { Facts } from './facts.ts'

/**
 * Keeps and removes the rows of a client that the database has with another secret, once the settings are written: the
 * service makes it anew from them. Facts say so only where the answers allow it.
 */
export function clientSteps(
  { client, contents, database }: Facts,
  installation: Omit<Installation, 'installedAt'>,
): readonly PlannedStep[] {
  const row = differingClient(contents, client.id)
  if (!row) return []
  return clientRemoval({
    service: filesOf(installation),
    database,
    clientId: client.id,
    row: row.key,
    instead: client.id,
    provider: database.provider,
    tables: rowsIn(contents),
  })
}

function rowsIn(contents: Facts['contents']): RemoveClientInput['tables'] {
  return (contents && 'found' in contents && contents.rows) || []
}
