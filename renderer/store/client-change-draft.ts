import type { ChangeClientAnswers } from '../../electron/contract/answers.ts'
import { emptyClientChange, type ClientChangeData } from './client-change.ts'
import { given, givenSecret, givenYes, type Draft } from './given.ts'
import { placeDraft, placeOf } from './installation-choice.ts'
import { slotOf } from './secret-slot.ts'

/** The parts of the answers that only a change of the client has. */
export function clientChangeDraft(data: ClientChangeData): Draft {
  const { current, id, name, secret, scopes, grantTypes, useAnyway, databaseServer } = data
  const row = data.row ?? data.foundRow
  return {
    installation: placeDraft(data),
    client: {
      ...given('current', current),
      ...given('id', id),
      ...given('name', name),
      ...givenSecret('secret', secret),
      ...(scopes === undefined ? {} : { scopes }),
      ...(grantTypes === undefined ? {} : { grantTypes }),
      ...givenYes('useAnyway', useAnyway),
    },
    ...given('databaseServer', databaseServer),
    ...(row === undefined ? {} : { row }),
  }
}

export const clientChangeData = ({
  installation,
  client,
  databaseServer,
  row,
}: ChangeClientAnswers): ClientChangeData => ({
  ...emptyClientChange,
  ...placeOf(installation),
  current: client.current ?? '',
  id: client.id ?? '',
  name: client.name ?? '',
  secret: slotOf(client.secret),
  scopes: client.scopes,
  grantTypes: client.grantTypes,
  useAnyway: client.useAnyway ?? false,
  databaseServer: databaseServer ?? '',
  row,
})
