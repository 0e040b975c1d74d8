import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { ClientRow } from '../../../electron/database/identity-database.ts'
import { Output } from '../../../electron/hosts/cli/output.ts'
import { printPlan } from '../../../electron/hosts/cli/plan.ts'
import { clientChangeProblems } from '../../../electron/scenarios/change-client/check.ts'
import { decide, type ClientToday } from '../../../electron/scenarios/change-client/decide.ts'
import type { ClientChangeFacts } from '../../../electron/scenarios/change-client/facts.ts'
import { planClientChange } from '../../../electron/scenarios/change-client/plan.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { secretsInSettings } from '../../../electron/service/settings-secrets.ts'
import { viewPlan } from '../../../electron/setup/plan.ts'
import { steps } from '../../../electron/steps/registry.ts'
import { MANUAL_SCOPES } from '../../../electron/service/scope-names.ts'
import { POOL_SID } from './facts.ts'

const TARGET = '/srv/IdentityService'
const OLD_SECRET = 'Old-secret-000000000000000000001'
const NEW_SECRET = 'New-secret-000000000000000000002'
const OLD = 'a1b2c3d4e5f60718'
const NEW = 'NewClient1234567'

const answers: ChangeClientAnswers = {
  version: 1,
  scenario: 'change-client',
  installation: { target: TARGET },
  client: { id: 'generate', secret: 'generate' },
}
const asking = (client: ChangeClientAnswers['client'], row?: number): ChangeClientAnswers => ({
  ...answers,
  client,
  ...(row === undefined ? {} : { row }),
})

const entryText = (id: string, secret: string, more: object = {}) => ({
  ClientId: id,
  ClientName: 'Creatio',
  Secrets: [secret],
  AllowedGrantTypes: ['client_credentials'],
  AllowedScopes: [...MANUAL_SCOPES],
  ...more,
})
const settingsWith = (...entries: readonly object[]) =>
  Buffer.from(JSON.stringify({ Other: 'stays', Clients: JSON.stringify(entries) }, undefined, 2))
const builtIn = entryText('bpmonline-designer', 'Public')
const before = settingsWith(builtIn, entryText(OLD, OLD_SECRET))

function rowOf(key: number, id: string, secret: string, more: Partial<ClientRow> = {}): ClientRow {
  const value = createHash('sha256').update(secret).digest('base64')
  return {
    key,
    clientId: id,
    name: 'Creatio',
    enabled: true,
    grantTypes: ['client_credentials'],
    scopes: MANUAL_SCOPES,
    redirectUris: [],
    created: null,
    secrets: [{ type: 'SharedSecret', value, expiration: null }],
    ...more,
  }
}

const today: ClientToday = {
  entries: readClients(before),
  rows: [rowOf(1, 'bpmonline-designer', 'Public'), rowOf(2, OLD, OLD_SECRET), rowOf(9, 'OfCreatio', 'x')],
  recorded: OLD,
  settings: `${TARGET}/appsettings.json`,
  random: {
    bytes: (count) => new Uint8Array(count),
    below: (
      (at) => (limit: number) =>
        (at = (at * 31 + 7) % 65_521) % limit
    )(1),
  },
}
const patched = (id: string, secret: string, rows: readonly ClientRow[]): ClientToday => ({
  ...today,
  entries: readClients(settingsWith(builtIn, entryText(id, secret))),
  rows,
})
const open = ({ wanted, former, toGo }: ReturnType<typeof decide>) => ({
  id: wanted.id,
  secret: wanted.secret?.open(),
  from: wanted.from,
  former: former.id,
  formerSecret: former.secret?.open(),
  toGo: toGo?.key,
})
const codeOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code
  }
}

describe('what a change of the client decides', () => {
  it('generate makes something new of the vendor’s lengths, and the former row goes', () => {
    const decided = open(decide(answers, today))
    expect(decided).toMatchObject({ from: 'generated', former: OLD, formerSecret: OLD_SECRET, toGo: 2 })
    expect([decided.id.length, decided.secret!.length]).toEqual([16, 32])
    expect([decided.id, decided.secret]).not.toEqual([OLD, OLD_SECRET])
  })

  it('with the row given, an interrupted run goes on with what it has written', () => {
    const asked = asking({ current: OLD, id: NEW, secret: 'generate' }, 2)
    const kept = { id: NEW, secret: NEW_SECRET, from: 'kept', former: OLD }
    // Written, and the rows still there; then they are gone.
    expect(open(decide(asked, patched(NEW, NEW_SECRET, today.rows)))).toMatchObject({ ...kept, toGo: 2 })
    const gone = today.rows.filter(({ key }) => key !== 2)
    expect(open(decide(asked, patched(NEW, NEW_SECRET, gone)))).toMatchObject({ ...kept, toGo: undefined })
    // Nothing written yet.
    expect(open(decide(asked, today))).toMatchObject({ id: NEW, from: 'generated', toGo: 2 })
  })

  it('with the row given and the ID kept, the settings’ secret counts once it differs from the row', () => {
    const asked = asking({ current: OLD, secret: 'generate' }, 2)
    expect(open(decide(asked, today)).from).toBe('generated')
    expect(open(decide(asked, patched(OLD, NEW_SECRET, today.rows)))).toMatchObject({
      secret: NEW_SECRET,
      from: 'kept',
      toGo: 2,
    })
  })

  it('with the row given and another one in its place, nothing is to be done', () => {
    const rows = [rowOf(10, NEW, NEW_SECRET)]
    const decided = decide(asking({ current: OLD, id: NEW, secret: 'generate', scopes: ['a'] }, 2), patched(NEW, NEW_SECRET, rows)) // prettier-ignore
    expect(open(decided)).toMatchObject({ id: NEW, secret: NEW_SECRET, from: 'kept', toGo: undefined })
    expect(decided.wanted.scopes).toEqual(MANUAL_SCOPES)
  })

  it('what is as wanted needs no removal; a name or scope that differs does', () => {
    const typed = { ...today, typed: new Secret(OLD_SECRET) }
    expect(decide(asking({ id: OLD, secret: 'env:S' }), typed).toGo).toBeUndefined()
    expect(decide(asking({ name: 'Other' }), today).toGo?.key).toBe(2)
    expect(decide(asking({ scopes: [...MANUAL_SCOPES, 'more'] }), today).toGo?.key).toBe(2)
    expect(decide(asking({ scopes: [...MANUAL_SCOPES].toReversed() }), today).toGo).toBeUndefined()
  })

  it('left out stays: what settings and database have together', () => {
    const rows = [rowOf(2, OLD, OLD_SECRET, { scopes: ['in_database'], grantTypes: ['implicit'] })]
    const { wanted } = decide(asking({ secret: 'generate' }), { ...today, rows })
    expect(wanted.scopes).toEqual([...MANUAL_SCOPES, 'in_database'])
    expect(wanted.grantTypes).toEqual(['client_credentials', 'implicit'])
  })

  it('refuses an ID in use, a client that is not there, and a secret that nobody knows', () => {
    expect(codeOf(() => decide(asking({ id: 'OfCreatio' }), today))).toBe('client.id-taken')
    expect(codeOf(() => decide(asking({ id: 'bpmonline-designer' }), today))).toBe('client.id-taken')
    expect(codeOf(() => decide(asking({ current: 'x', secret: 'generate' }), today))).toBe('client.unknown')
    expect(codeOf(() => decide(asking({ name: 'n' }), patched(OLD, 'edited', today.rows)))).toBe('client.secret-lost') // prettier-ignore
    expect(codeOf(() => decide(answers, { ...today, entries: [] }))).toBe('client.unknown')
  })
})

const found: ClientChangeFacts['found'] = {
  installation: {
    version: 1,
    id: '0123456789ab',
    name: 'IDServiceWebsite',
    hosting: 'iis',
    target: TARGET,
    settings: `${TARGET}/appsettings.json`,
    pfx: `${TARGET}/openssl.pfx`,
    publicUrl: 'https://identity.example.com',
    localUrl: 'https://localhost:8443',
    clientId: OLD,
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      account: { sid: POOL_SID, name: 'IIS AppPool\\IDServicePool' },
      stdoutLog: `${TARGET}/logs/stdout`,
    },
    installedAt: '2026-11-01T10:00:00.000Z',
  },
  recorded: true,
  settings: `${TARGET}/appsettings.json`,
  pfx: `${TARGET}/openssl.pfx`,
  inImage: false,
  namedBy: { by: 'nothing' },
  namedAs: '',
  certain: true,
  notes: [],
}
const { website: _website, ...plain } = found.installation
const inContainer = {
  ...found,
  installation: { ...plain, hosting: 'docker' as const, name: 'identity', container: 'identity', databaseServer: 'localhost' }, // prettier-ignore
}
const facts: ClientChangeFacts = {
  found,
  former: { id: OLD, secret: new Secret(OLD_SECRET) },
  wanted: {
    id: NEW,
    name: 'Creatio',
    secret: new Secret(NEW_SECRET),
    scopes: MANUAL_SCOPES,
    grantTypes: ['client_credentials'],
    from: 'generated',
  },
  toGo: rowOf(2, OLD, OLD_SECRET),
  settings: { path: `${TARGET}/appsettings.json`, before },
  tables: [
    { table: 'Clients', rows: 1 },
    { table: 'ClientScopes', rows: 8 },
    { table: 'ClientSecrets', rows: 1 },
  ],
  database: {
    provider: 'PostgreSQL',
    connectionString: new Secret('Host=localhost;Database=creatio;Username=u;Password=Canary-9'),
    server: 'localhost',
    database: 'creatio',
  },
  others: ['OfCreatio'],
  neighbours: [],
  seen: true,
  elevated: true,
  stateFolder: '/var/state',
}
const { toGo: _toGo, database: _database, ...unseen } = facts

const variants: Readonly<Record<string, readonly [ChangeClientAnswers, ClientChangeFacts]>> = {
  'iis-id-and-secret': [answers, facts],
  'docker-secret-sql-server': [
    asking({ secret: 'generate' }),
    {
      ...facts,
      found: inContainer,
      wanted: { ...facts.wanted, id: OLD },
      database: { ...facts.database!, provider: 'MsSqlServer' },
      neighbours: ['Test'],
    },
  ],
  'iis-scopes-only': [
    asking({ scopes: ['IdentityServerApi', 'find_clients'] }),
    {
      ...facts,
      former: { id: OLD },
      wanted: {
        ...facts.wanted,
        id: OLD,
        secret: new Secret(OLD_SECRET),
        scopes: ['IdentityServerApi', 'find_clients'],
        from: 'kept',
      },
    },
  ],
  'iis-not-elevated': [
    answers,
    {
      ...unseen,
      former: { id: OLD },
      settings: { ...facts.settings, before: settingsWith({ ClientId: OLD }) },
      tables: [],
      others: [],
      seen: false,
      elevated: false,
    },
  ],
}

function printed([wanted, known]: readonly [ChangeClientAnswers, ClientChangeFacts]): string {
  let text = ''
  const sink = { write: (piece: string) => (text += piece) }
  const plan = planClientChange(wanted, known)
  // As the facts do with the settings that are there.
  const redactor = new Redactor()
  redactor.register(...secretsInSettings(known.settings.before))
  printPlan(viewPlan(plan, 'id', steps, new Map(), redactor), new Output(sink, sink))
  return text
}

describe('the plan of a change of the client', () => {
  it.each(Object.keys(variants))('%s reads as it always did', async (name) => {
    await expect(printed(variants[name]!)).toMatchFileSnapshot(`plans/change-client-${name}.txt`)
  })

  it.each(Object.keys(variants))('%s shows no secret and no hash', (name) => {
    const text = printed(variants[name]!)
    for (const secret of [OLD_SECRET, NEW_SECRET, 'Canary-9', facts.toGo!.secrets[0]!.value])
      expect(text).not.toContain(secret)
  })

  it('keeps the rows before the settings name another client, and removes them only then', () => {
    const ids = planClientChange(answers, facts).steps.map(({ id }) => id)
    expect(ids).toEqual([
      'back-up-client',
      'write-settings',
      'set-rights',
      'remove-client',
      'take-up-client',
      'record-installation',
    ])
  })

  it('without a row in the database there is nothing to keep and to remove', () => {
    const { toGo: _none, ...none } = facts
    const ids = planClientChange(answers, none).steps.map(({ id }) => id)
    expect(ids).not.toContain('remove-client')
    expect(ids).not.toContain('back-up-client')
  })
})

describe('answers for a change of the client', () => {
  const flawed: Readonly<Record<string, readonly [Partial<ChangeClientAnswers>, string]>> = {
    'a folder that is not named in full': [{ installation: { target: 'service' } }, 'installation.target'],
    'nothing to change': [{ client: { current: OLD, useAnyway: true } }, 'client'],
    'an id of another length': [{ client: { id: 'short' } }, 'client.id'],
    'an empty name': [{ client: { name: ' ' } }, 'client.name'],
    'a client of today that is to be generated': [
      { client: { current: 'generate', name: 'x' } },
      'client.current',
    ],
    'a scope named twice': [{ client: { scopes: ['a', 'a'] } }, 'client.scopes'],
    'a grant type named twice': [{ client: { grantTypes: ['implicit', 'implicit'] } }, 'client.grantTypes'],
  }

  it.each(Object.entries(flawed))('%s is refused by its path', (_, [flaw, path]) => {
    expect(clientChangeProblems({ ...answers, ...flaw })).toMatchObject([
      { where: { path }, untouched: 'Nothing was changed.' },
    ])
  })

  it('without a flaw are taken; another length when it is used anyway', () => {
    expect(clientChangeProblems(answers)).toEqual([])
    expect(clientChangeProblems(asking({ id: 'short', useAnyway: true }))).toEqual([])
  })
})
