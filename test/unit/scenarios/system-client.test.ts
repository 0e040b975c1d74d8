import { expect, it } from 'vitest'
import { systemClientIn } from '../../../electron/scenarios/installation/system-client.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import type { ClientEntry } from '../../../electron/service/clients.ts'

const client = (id: string, change: Partial<ClientEntry> = {}): ClientEntry => ({
  id,
  name: 'any',
  secrets: [new Secret('short')],
  scopes: [],
  grantTypes: ['client_credentials'],
  redirectUris: [],
  ...change,
})
const generated = client('Identity12345678', { secrets: [new Secret('x'.repeat(32))] })
const builtIn = client('bpmonline-designer')

it.each([
  ['none', [], ''],
  [
    'the one that looks like Creatio’s own',
    [builtIn, client('IdServiceUser'), generated],
    'Identity12345678',
  ],
  ['the vendor’s sample before what every copy has', [builtIn, client('IdServiceUser')], 'IdServiceUser'],
  ['what every copy has, where there is nothing else', [builtIn], 'bpmonline-designer'],
  [
    'none without a secret, without the grant or without an id',
    [client('a', { secrets: [] }), client('b', { grantTypes: ['implicit'] }), client('')],
    '',
  ],
  ['one that may ask for tokens', [{ ...generated, grantTypes: ['implicit'] }, client('other')], 'other'],
] as const)('%s', (_, clients, id) => expect(systemClientIn(clients)).toBe(id))
