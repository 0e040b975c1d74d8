import type { Answers } from '../../electron/contract/answers.ts'
import type { ClientData } from './client.ts'
import { given, givenSecret, givenYes, type Draft } from './given.ts'
import { slotOf } from './secret-slot.ts'

/** The system client of a new installation, as far as it is typed. */
export const clientDraft = (data: ClientData): Draft => ({
  ...given('id', data.id),
  ...given('name', data.name),
  ...givenSecret('secret', data.secret),
  ...(data.scopes.length === 0 ? {} : { scopes: data.scopes }),
  ...(data.grantTypes === undefined ? {} : { grantTypes: data.grantTypes }),
  ...givenYes('useAnyway', data.useAnyway),
  ...givenYes('replaceExisting', data.replaceExisting),
})

export const clientData = (answers: Answers['client']): ClientData => ({
  id: answers.id,
  name: answers.name,
  secret: slotOf(answers.secret),
  scopes: answers.scopes ?? [],
  grantTypes: answers.grantTypes,
  useAnyway: answers.useAnyway ?? false,
  replaceExisting: answers.replaceExisting ?? false,
})
