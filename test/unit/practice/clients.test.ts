import { expect, test } from 'vitest'
import { readClients } from '../../../electron/practice/service/clients.ts'

test('an empty setting means no clients', () => {
  expect(readClients('')).toEqual([])
  expect(readClients('[]')).toEqual([])
})

test('names count in any case, what is missing has the engine’s default, what is unknown is passed over', () => {
  expect(
    readClients('[{"clientid":"a","SECRETS":["s"],"Unknown":{"x":[1]},"AccessTokenLifetime":"60"}]'),
  ).toEqual([
    {
      clientId: 'a',
      clientName: undefined,
      secrets: ['s'],
      grantTypes: [],
      scopes: [],
      redirectUris: [],
      postLogoutRedirectUris: [],
      corsOrigins: [],
      properties: new Map(),
      identityTokenLifetime: 300,
      accessTokenLifetime: 60,
    },
  ])
})

test('the third level stays a string', () => {
  const [client] = readClients(`[{"Properties":{"AllowedQueryParameters":"[\\"invitationHash\\"]"}}]`)
  expect(client!.properties.get('AllowedQueryParameters')).toBe('["invitationHash"]')
})

test.each([
  ['{"ClientId":"a"}', 'Cannot deserialize the current JSON object'],
  ['"[]"', 'Error converting value "[]" to type'],
  [
    '["a"]',
    `Error converting value "a" to type 'IdentityService.ClientSetting'. Path '[0]', line 1, position 4.`,
  ],
  ['[{"AccessTokenLifetime":"long"}]', `to type 'System.Int32'. Path '[0].AccessTokenLifetime'`],
  [
    '[{"ClientId":["a"]}]',
    `Cannot deserialize the current JSON array (e.g. [1,2,3]) into type 'System.String'`,
  ],
  ['[{"Properties":{"AllowedQueryParameters":["x"]}}]', `into type 'System.String'`],
])('refuses %s', (text, words) => {
  expect(() => readClients(text)).toThrow(words)
})
