import { planned, type PlannedStep } from '../../setup/step.ts'
import { backUpClient } from '../../steps/back-up-client.ts'
import type { ClientRowsInput } from '../../steps/client-rows.ts'
import { removeClient, type RemoveClientInput } from '../../steps/remove-client.ts'

/** Id of the step that keeps the rows, as journals have it. */
export const BACK_UP_CLIENT = 'back-up-client'

/**
 * The two steps by which a client goes from the service's database, so that the service makes it anew from its settings:
 * its rows are kept in a file, then removed. Both come before the service is started, also in a new installation
 * (`client.replaceExisting`).
 */
export function clientRemoval(
  input: RemoveClientInput,
): readonly [PlannedStep<ClientRowsInput>, PlannedStep<RemoveClientInput>] {
  const { provider: _provider, tables: _tables, ...rows } = input
  return [
    planned(
      backUpClient,
      { id: BACK_UP_CLIENT, title: 'Keep the rows of the client', group: 'database' },
      rows,
    ),
    planned(
      removeClient,
      { id: 'remove-client', title: 'Remove the client from the database', group: 'database' },
      input,
    ),
  ]
}
