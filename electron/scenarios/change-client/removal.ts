import { planned, type PlannedStep } from '../../setup/step.ts'
import { backUpClient } from '../../steps/back-up-client.ts'
import { removeClient, type RemoveClientInput } from '../../steps/remove-client.ts'

/**
 * The two steps by which a client goes from the service's database, so that the service makes it anew from its settings:
 * its rows are kept in a file, then removed. Both come before the service is started; a new installation puts them in
 * front of that too (`client.replaceExisting`).
 */
export function clientRemoval(
  input: RemoveClientInput,
): readonly [PlannedStep<Omit<RemoveClientInput, 'tables' | 'provider'>>, PlannedStep<RemoveClientInput>] {
  const { service, clientId, row, instead } = input
  return [
    planned(
      backUpClient,
      { id: 'back-up-client', title: 'Keep the rows of the client', group: 'database' },
      { service, clientId, ...(row === undefined ? {} : { row }), instead },
    ),
    planned(
      removeClient,
      { id: 'remove-client', title: 'Remove the client from the database', group: 'database' },
      input,
    ),
  ]
}
