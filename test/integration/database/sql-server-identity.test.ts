import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ClientRows, IdentityDatabase } from '../../../electron/database/identity-database.ts'
import { openDatabase } from '../../../electron/database/open-database.ts'
import { readContents } from '../../../electron/database/contents.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import {
  addRow,
  emptyState,
  installedState,
  type IdentityState,
} from '../../doubles/sql-server/identity/state.ts'
import type { Fault } from '../../doubles/sql-server/script.ts'
import { at, REAL_SERVER, type IdentityResponder } from './sql-server-fixtures.ts'
import { realIdentityDatabase, type RealDatabase } from './sql-server-real.ts'

const machine = realMachine()
const SECRET = new Secret('s3cret "ж" 😀')
const HASH = createHash('sha256').update(SECRET.open(), 'utf8').digest('base64')
const ID = `Id'";]Ж`

/** What both the responder and a real server are given: two clients, and rows on each of them. */
const ROWS = {
  Clients: [
    {
      Id: 7,
      ClientId: ID,
      ClientName: 'MyIdentityServiceApp',
      Enabled: true,
      Created: '2024-05-06T07:08:09.1234567',
    },
    { Id: 8, ClientId: 'other', ClientName: null, Enabled: false, Created: '2023-01-01T00:00:00.0000000' },
  ],
  ClientGrantTypes: [
    { Id: 1, ClientId: 7, GrantType: 'implicit' },
    { Id: 2, ClientId: 7, GrantType: 'client_credentials' },
    { Id: 3, ClientId: 8, GrantType: 'x' },
  ],
  ClientScopes: [
    { Id: 5, ClientId: 7, Scope: 'find_clients' },
    { Id: 6, ClientId: 8, Scope: 'x' },
  ],
  ClientRedirectUris: [{ Id: 9, ClientId: 7, RedirectUri: 'https://a.invalid/' }],
  ClientClaims: [{ Id: 2, ClientId: 7, Type: 't', Value: 'v' }],
  ClientProperties: [{ Id: 1, ClientId: 8, Key: 'OwnerClientId', Value: ID }],
  PersistedGrants: [
    { Key: 'one', ClientId: ID, Type: 'refresh_token', Data: '{}' },
    { Key: 'two', ClientId: ID, Type: 'user_consent', Data: '{}' },
    { Key: 'three', ClientId: 'other', Type: 'user_consent', Data: '{}' },
  ],
  ClientSecrets: [
    { Id: 3, ClientId: 7, Type: 'SharedSecret', Value: HASH, Expiration: null },
    { Id: 4, ClientId: 8, Type: 'SharedSecret', Value: 'x', Expiration: '2030-01-02T03:04:05.0000000' },
  ],
} as const

function filledState(): IdentityState {
  const state = installedState()
  for (const [table, rows] of Object.entries(ROWS)) for (const row of rows) addRow(state, table, row)
  state.migrations = [{ id: '20200101000000_Initial', productVersion: '3.1.0' }]
  return state
}

/** The service's tables under test: in the responder, or in a database of a real server that is made for it. */
interface Place {
  readonly target: DatabaseTarget
  remove(): Promise<void>
}

async function inResponder(): Promise<Place & { readonly responder: IdentityResponder }> {
  const responder = await startIdentityResponder(filledState())
  const remove = async (): Promise<void> => {
    await responder.close()
    expect(responder.asked.unknown).toEqual([])
  }
  return { target: at(responder), responder, remove }
}

const places: [string, () => Promise<Place>][] = [['the responder', inResponder]]
if (REAL_SERVER !== undefined) {
  let database: RealDatabase
  beforeAll(async () => {
    database = await realIdentityDatabase()
  }, 120_000)
  afterAll(() => database.drop())
  places.push([
    'a real server',
    async () => {
      await database.refill(ROWS)
      return { target: database.target, remove: async () => undefined }
    },
  ])
}

describe.each(places)('the tables of the service in %s', (_name, open) => {
  let place: Place
  let database: IdentityDatabase

  async function start(): Promise<IdentityDatabase> {
    place = await open()
    database = await openDatabase(machine, place.target)
    return database
  }

  afterEach(async () => {
    await database.close()
    await place.remove()
  })

  it('are told with their clients', async () => {
    const tables = await (await start()).tables()
    expect(tables).toMatchObject({ version: 'v4', missing: [], clients: 2, others: 0 })
    expect(tables.present).toHaveLength(23)
    expect(await database.migrations()).toEqual([{ id: '20200101000000_Initial', productVersion: '3.1.0' }])
  })

  it('are read with what hangs on each client', async () => {
    const clients = await (await start()).clients()
    expect(clients.map(({ clientId }) => clientId)).toEqual([ID, 'other'])
    expect(await database.client(ID)).toEqual({
      key: 7,
      clientId: ID,
      name: 'MyIdentityServiceApp',
      enabled: true,
      grantTypes: ['implicit', 'client_credentials'],
      scopes: ['find_clients'],
      redirectUris: ['https://a.invalid/'],
      created: new Date('2024-05-06T07:08:09.123Z'),
      secrets: [{ type: 'SharedSecret', value: HASH, expiration: null }],
    })
    expect(clients[1]?.secrets[0]?.expiration).toEqual(new Date('2030-01-02T03:04:05Z'))
    expect(await database.client('OTHER')).toBeUndefined()
    expect(await database.client('nobody')).toBeUndefined()
  })

  it('show whether the secret is the client’s', async () => {
    await start()
    const contents = await readContents(machine, place.target, { client: { id: ID, secret: SECRET } })
    expect(contents.verdict).toBe('reuse')
    expect(JSON.stringify(contents)).not.toContain(HASH)
  })

  it('give all rows of a client, times to the last digit', async () => {
    const rows = (await (await start()).rowsOf(ID))!
    expect(rows).toMatchObject({ clientId: ID, key: 7 })
    expect(rows.tables.map(({ table }) => table)).toEqual([
      'Clients',
      'ClientClaims',
      'ClientGrantTypes',
      'ClientRedirectUris',
      'ClientScopes',
      'ClientSecrets',
    ])
    expect(rows.tables[0]!.rows[0]).toMatchObject({
      Id: 7,
      Enabled: true,
      Created: '2024-05-06T07:08:09.1234567',
    })
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows)
    expect(await database.rowsOf('nobody')).toBeUndefined()
  })

  it('lose a client’s rows and no others, and get them back as they were', async () => {
    const rows = JSON.parse(JSON.stringify(await (await start()).rowsOf(ID))) as ClientRows
    const other = await database.rowsOf('other')
    await database.removeRows(rows)
    expect(await database.rowsOf(ID)).toBeUndefined()
    expect(await database.rowsOf('other')).toEqual(other)
    await database.restoreRows(rows)
    expect(await database.rowsOf(ID)).toEqual(rows)
    await database.restoreRows(rows, 'other')
    expect(await database.rowsOf(ID)).toEqual(rows)
    expect(await database.rowsOf('other')).toBeUndefined()
  })

  it('keep a client that was changed since', async () => {
    const rows = (await (await start()).rowsOf(ID))!
    const older = {
      ...rows,
      tables: rows.tables.map((one) =>
        one.table === 'ClientScopes' ? { ...one, rows: [{ ...one.rows[0], Scope: 'older' }] } : one,
      ),
    }
    await expect(database.removeRows(older)).rejects.toMatchObject({
      problem: { code: 'database.client-changed' },
    })
    expect(await database.rowsOf(ID)).toEqual(rows)
    await database.removeRows(rows)
    // That they are gone is what was wanted.
    await database.removeRows(rows)
    expect(await database.rowsOf(ID)).toBeUndefined()
  })

  it('tell what names a client without hanging on it', async () => {
    expect(await (await start()).mentionsOf(ID)).toEqual({
      grants: [{ table: 'PersistedGrants', rows: 2 }],
      owned: 1,
    })
    expect(await database.mentionsOf('nobody')).toEqual({ grants: [], owned: 0 })
  })
})

describe('the change of a client', () => {
  let place: Awaited<ReturnType<typeof inResponder>>
  let rows: ClientRows
  let before: IdentityState

  async function attempt(
    fault: Readonly<Record<string, Fault>>,
    change: 'remove' | 'restore' = 'remove',
  ): Promise<unknown> {
    place = await inResponder()
    const database = await openDatabase(machine, place.target)
    rows = (await database.rowsOf(ID))!
    if (change === 'restore') await database.removeRows(rows)
    before = structuredClone(place.responder.state())
    for (const [name, what] of Object.entries(fault)) place.responder.faults.set(name, what)
    try {
      await (change === 'remove' ? database.removeRows(rows) : database.restoreRows(rows))
      return undefined
    } catch (error) {
      return error
    } finally {
      await database.close()
    }
  }

  afterEach(() => place.remove())

  const STAGES = [
    'begin',
    'key',
    'rows Clients',
    'delete ClientScopes',
    'delete ClientSecrets',
    'delete Clients',
  ]

  it.each(STAGES)('leaves all as it was when the connection is cut at %s', async (stage) => {
    expect(await attempt({ [stage]: 'drop' })).toMatchObject({
      problem: { code: 'database.client-not-removed', untouched: expect.any(String) },
    })
    expect(place.responder.state()).toEqual(before)
  })

  it.each(STAGES)('leaves all as it was when %s is refused', async (stage) => {
    const denied = { number: 229, class: 14, text: 'The DELETE permission was denied.' }
    expect(await attempt({ [stage]: denied })).toMatchObject({
      problem: { code: 'database.client-not-removed', details: [expect.stringContaining('229')] },
    })
    expect(place.responder.state()).toEqual(before)
  })

  it.each(['insert Clients', 'insert ClientSecrets', 'identity-insert ClientScopes'])(
    'is taken back whole or not at all: cut at %s',
    async (stage) => {
      expect(await attempt({ [stage]: 'drop' }, 'restore')).toMatchObject({
        problem: { code: 'database.client-not-restored' },
      })
      expect(place.responder.state()).toEqual(before)
    },
  )

  it('does not claim anything when the connection is cut while it is finished', async () => {
    const error = await attempt({ commit: 'drop' })
    expect(error).toMatchObject({
      problem: { code: 'database.commit-unknown', cause: expect.stringContaining('may have done it or not') },
    })
    expect(error).not.toHaveProperty('problem.untouched')
  })

  it('waits for rows that someone else holds for ten seconds, and tells who may', async () => {
    const held = { number: 1222, class: 16, text: 'Lock request time out period exceeded.' }
    expect(await attempt({ key: held })).toMatchObject({
      problem: { cause: expect.stringContaining('Someone else holds'), untouched: expect.any(String) },
    })
    expect(place.responder.asked.sql).toContain('set lock_timeout 10000')
  })

  it('is refused where the server would remove rows along that nobody keeps', async () => {
    place = await inResponder()
    place.responder.state().beyond.push('crm.Notes')
    const database = await openDatabase(machine, place.target)
    await expect(database.rowsOf(ID)).rejects.toMatchObject({
      problem: { code: 'database.rows-beyond', what: expect.stringContaining('crm.Notes') },
    })
    await database.close()
  })
})

describe('a database without the service’s tables', () => {
  it('is new', async () => {
    const responder = await startIdentityResponder(emptyState())
    expect(await readContents(machine, at(responder))).toMatchObject({
      verdict: 'new',
      clients: [],
      migrations: [],
    })
    await responder.close()
    expect(responder.asked.unknown).toEqual([])
  })

  it('of which some are missing is read as far as it goes', async () => {
    const state = filledState()
    delete state.tables['ClientSecrets']
    const responder = await startIdentityResponder(state)
    expect(await readContents(machine, at(responder))).toMatchObject({
      verdict: 'incomplete',
      missing: ['ClientSecrets'],
    })
    await responder.close()
  })

  it('that may not be read says so', async () => {
    const denied = { number: 229, class: 14, text: 'The SELECT permission was denied.' }
    const responder = await startIdentityResponder(filledState(), { faults: new Map([['clients', denied]]) })
    await expect(readContents(machine, at(responder))).rejects.toMatchObject({
      problem: { code: 'database.read', details: ['229: The SELECT permission was denied.'] },
    })
    await responder.close()
  })
})
