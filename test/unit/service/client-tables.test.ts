import { expect, it } from 'vitest'
import { rowsFromSettings } from '../../../electron/service/client-tables.ts'

const entry = {
  clientId: 'a',
  Claims: [{ Type: 't', Value: 'v' }],
  redirectUris: ['one', 'two'],
  Properties: { AllowedQueryParameters: '[]' },
}
const settings = (clients: unknown) => Buffer.from(JSON.stringify({ Clients: clients }))

it.each([
  ['in a string', JSON.stringify([entry])],
  ['as a list', [entry]],
])('counts what the settings give a client, table by table: %s', (_, clients) => {
  const count = (table: string, id = 'a') => rowsFromSettings(settings(clients), id, table)
  expect(['ClientClaims', 'ClientRedirectUris', 'ClientProperties'].map((table) => count(table))).toEqual([
    1, 2, 1,
  ])
  // What the entry, or the settings, know nothing of.
  expect([count('ClientCorsOrigins'), count('Other.Notes'), count('constructor'), count('ClientClaims', 'b')]).toEqual([0, 0, 0, 0]) // prettier-ignore
})
