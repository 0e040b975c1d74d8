import { describe, expect, it } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { ClientChangeFacts } from '../../../electron/scenarios/change-client/facts.ts'
import { changeWarnings } from '../../../electron/scenarios/change-client/warnings.ts'
import { answers, asking, facts, OLD } from './change-client-sample.ts'

const warned = (asked: ChangeClientAnswers, more: Partial<ClientChangeFacts> = {}) =>
  changeWarnings(asked, { ...facts, ...more })
const saidOf = (code: string, ...of: Parameters<typeof warned>) =>
  JSON.stringify(warned(...of).find((each) => each.code === code) ?? '')
const sameId = { wanted: { ...facts.wanted, id: OLD } }
const secretOnly = asking({ secret: 'generate' })

describe('before a client is changed it is said', () => {
  it('which of Creatio’s settings have to follow, and nothing of them where none has to', () => {
    expect(saidOf('client.creatio', answers)).toMatch(/ClientId and OAuth20IdentityServerClientSecret;/)
    expect(saidOf('client.creatio', secretOnly, sameId)).not.toContain('OAuth20IdentityServerClientId')
    expect(saidOf('client.creatio', asking({ name: 'Other' }), sameId)).toBe('""')
  })

  it('how long tokens of this client hold: by its own row, otherwise as the vendor ships it', () => {
    expect(saidOf('client.tokens', answers)).toContain('up to 3600 s')
    expect(saidOf('client.tokens', answers, { tokenSeconds: 86_400 })).toContain('up to 86400 s')
  })

  it('which rows the service does not make again', () => {
    const onlyInDatabase = [
      { table: 'ClientClaims', rows: 2 },
      { table: 'Other.Notes', rows: 1 },
    ]
    expect(saidOf('client.only-in-database', answers, { onlyInDatabase })).toContain(
      '2 rows of ClientClaims, 1 row of Other.Notes',
    )
    expect(saidOf('client.only-in-database', answers)).toBe('""')
  })

  it('what was granted by the client and stays: to be feared under the same ID, of no use under another', () => {
    const mentions = { grants: [{ table: 'PersistedGrants', rows: 3 }], owned: 0 }
    expect(saidOf('client.grants-stay', secretOnly, { ...sameId, mentions })).toMatch(
      /3 rows of PersistedGrants.*in wrong hands/,
    )
    expect(saidOf('client.grants-stay', answers, { mentions })).toMatch(/nobody can use any more/)
    expect(saidOf('client.grants-stay', answers)).toBe('""')
  })

  it('whose owner the former ID is, where the ID changes', () => {
    const mentions = { grants: [], owned: 2 }
    expect(saidOf('client.owner', answers, { mentions })).toContain(`2 other clients have ${OLD}`)
    expect(saidOf('client.owner', secretOnly, { ...sameId, mentions })).toBe('""')
  })

  it('that the client goes without what Creatio needs', () => {
    const wanted = { ...facts.wanted, scopes: ['find_clients'], grantTypes: ['implicit'] }
    expect(saidOf('client.scopes-missing', answers, { wanted })).toMatch(
      /register_own_resource.*IdentityServerApi/,
    )
    expect(saidOf('client.no-credentials', answers, { wanted })).toContain('client_credentials')
  })
})
