import { describe, expect, it } from 'vitest'
import type { ClientRowView, DatabaseContentsView } from '../../../electron/contract/database.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import {
  contentsWarnings,
  databaseUntouched,
  refuseContents,
} from '../../../electron/scenarios/new-installation/contents-facts.ts'
import { planNewInstallation } from '../../../electron/scenarios/new-installation/plan.ts'
import type { SettingsInput } from '../../../electron/steps/write-settings.ts'
import { docker, factsFor, iis } from './facts.ts'

const ID = 'AbCdEf0123-45.xY'

function row(id: string, secret: ClientRowView['secret'] = 'not-compared', enabled = true): ClientRowView {
  return {
    key: 7,
    id,
    name: id,
    enabled,
    scopes: [],
    grantTypes: ['client_credentials'],
    redirectUris: [],
    secret,
  }
}

function holding(
  verdict: DatabaseContentsView['verdict'],
  clients: readonly ClientRowView[],
  more: Partial<DatabaseContentsView> = {},
) {
  const found: DatabaseContentsView = {
    verdict,
    summary: '',
    meaning: 'So it is.',
    schema: 'v4',
    present: [],
    missing: [],
    migrations: [],
    clients,
    ...more,
  }
  return { found }
}

const codes = (contents: Parameters<typeof contentsWarnings>[0]) =>
  contentsWarnings(contents, ID).map(({ code }) => code)

describe('what the database holds', () => {
  it('is warned of where it is another service’s, with its clients, but not with all of a thousand', () => {
    const many = Array.from({ length: 1000 }, (_, at) => row(`client${at}`))
    const [warning] = contentsWarnings(holding('other-service', many), ID)
    expect(warning).toMatchObject({ code: 'database.other-service', where: { path: 'database' } })
    expect(warning!.what).toMatch(/: client0, client1, client2, client3, client4, and 995 more\.$/)
  })

  it.each([
    ['nothing', holding('new', []), []],
    ['an earlier installation', holding('reuse', [row(ID, 'matches')]), []],
    ['its client, disabled', holding('reuse', [row(ID, 'matches', false)]), ['client.disabled']],
    ['older tables', holding('reuse', [], { schema: 'v3' }), ['database.older-tables']],
    [
      'half of the tables',
      holding('incomplete', [], { missing: ['Clients'] }),
      ['database.incomplete-tables'],
    ],
    [
      'unknown, as it was not reached',
      { unread: { code: 'x', what: 'Away.', next: 'Wait.' } },
      ['database.not-looked-at'],
    ],
  ] as const)('%s', (_, contents, expected) => expect(codes(contents)).toEqual(expected))

  it('is said where it is used again', () => {
    expect(databaseUntouched(holding('reuse', [row(ID)]), ID)).toContain(`the client ${ID} of an earlier`)
    expect(databaseUntouched(undefined, ID)).toContain('makes its tables itself')
  })
})

describe('a client with another secret', () => {
  const contents = {
    ...holding('client-differs', [row('x'), row(ID, 'differs')]),
    rows: [{ table: 'Clients', rows: 1 }],
  }
  const replacing = { ...iis, client: { ...iis.client, replaceExisting: true } }

  it('is refused, with what to do about it', async () => {
    const { client } = await factsFor(iis)
    try {
      refuseContents(iis, client, contents)
    } catch (error) {
      const problem = problemOf(error)
      expect(problem).toMatchObject({ code: 'client.differs', where: { path: 'client.secret' } })
      expect(problem.next).toContain('client.replaceExisting')
      expect(() => refuseContents(replacing, client, contents)).not.toThrow()
      expect(() => refuseContents(iis, client, holding('reuse', [row(ID, 'matches')]))).not.toThrow()
      return
    }
    throw new Error('It was not refused.')
  })

  it.each([
    ['iis', replacing],
    ['docker', { ...docker, client: replacing.client }],
  ] as const)('is kept and removed between the settings and the start under %s', async (_, answers) => {
    const { steps } = planNewInstallation(answers, await factsFor(answers, { contents }))
    const ids = steps.map(({ id }) => id)
    expect(ids.indexOf('back-up-client')).toBeGreaterThan(ids.indexOf('write-settings'))
    expect(ids.indexOf('remove-client')).toBe(ids.indexOf('back-up-client') + 1)
    const start = steps[ids.indexOf('await-service') - 1]!
    expect(start.follows).toEqual(expect.arrayContaining(['back-up-client', 'remove-client']))
    expect(steps.find(({ id }) => id === 'remove-client')!.input).toMatchObject({ row: 7, clientId: ID })
  })
})

it('scopes and grant types of the answers come into the settings', async () => {
  const client = { ...iis.client, scopes: ['own_scope'], grantTypes: ['client_credentials' as const] }
  const { steps } = planNewInstallation({ ...iis, client }, await factsFor(iis))
  const { edits } = steps.find(({ id }) => id === 'write-settings')!.input as SettingsInput
  expect(edits.client).toMatchObject({ scopes: ['own_scope'], grantTypes: ['client_credentials'] })
})
