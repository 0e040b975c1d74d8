import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState, type IdentityState } from '../../doubles/sql-server/identity/state.ts'
import type { Fault } from '../../doubles/sql-server/script.ts'
import { closedPort, layer, listen, states, talkHttp } from './fixtures.ts'
import { at, type IdentityResponder, onReal, readConnectionTest, real } from './sql-server-fixtures.ts'

const machine = realMachine()
const PASSED =
  'name passed, tcp passed, tls not-applicable, login passed, server passed, rights passed, schema passed'
let responder: IdentityResponder | undefined

beforeAll(readConnectionTest, 120_000)

afterEach(async () => {
  const unknown = responder?.asked.unknown
  await responder?.close()
  responder = undefined
  expect(unknown ?? []).toEqual([])
})

async function start(
  change: (state: IdentityState) => void = () => undefined,
  faults: Readonly<Record<string, Fault>> = {},
): Promise<IdentityResponder> {
  const state = emptyState()
  change(state)
  responder = await startIdentityResponder(state, { faults: new Map(Object.entries(faults)) })
  return responder
}

function test(to: { readonly port: number }, more = '', timeoutMs = 30_000): Promise<readonly LayerResult[]> {
  return testConnection(machine, at(to, more), { timeoutMs })
}

/** Holds for the responder and for a real server whose administrator is asked. */
function expectAllPassed(layers: readonly LayerResult[]): void {
  expect(states(layers)).toMatch(
    /^name passed, tcp passed, tls (passed|not-applicable), login passed, server (passed|warning), rights passed, schema passed$/,
  )
  const labels = layer(layers, 'server').facts?.map(({ label }) => label)
  expect(labels).toEqual([
    'Version',
    'Edition',
    'Collation of the server',
    'Collation of the database',
    'Compatibility level',
    'Database',
    'Connections',
  ])
  expect(layer(layers, 'rights').summary).toMatch(/^May create and change tables in schema \w+$/)
  expect(layer(layers, 'schema').summary).toMatch(/^No tables of the service yet/)
}

describe.each(onReal('a connection test of a real SQL Server'))('%s', () => {
  it('passes for its administrator and leaves no table behind', async () => {
    expectAllPassed(await testConnection(machine, real('tempdb')))
    expectAllPassed(await testConnection(machine, real('tempdb')))
  })
})

describe('a connection test of SQL Server', () => {
  it('passes, and leaves no table behind', async () => {
    const layers = await test(await start())
    expectAllPassed(layers)
    expect(states(layers)).toBe(PASSED)
    expect(responder!.state().tables).toEqual({})
    expect(responder!.asked.statements).toEqual(
      expect.arrayContaining(['begin', 'create-table', 'alter-table', 'rollback']),
    )
    expect(layer(layers, 'server').facts).toContainEqual({
      label: 'Connections',
      value: '42 open, 32725 free of 32767',
    })
    expect(JSON.stringify([layers, responder!.asked])).not.toContain('canary')
  })

  it('tells a name nobody knows', async () => {
    const layers = await testConnection(machine, at({ port: 1 }, 'Data Source=no-such-host.invalid'))
    expect(states(layers)).toMatch(/^name failed, tcp not-tried/)
  })

  it('tells a closed port', async () => {
    const port = await closedPort()
    const layers = await test({ port: 1 }, `Data Source=tcp:127.0.0.1,${port}`)
    expect(layer(layers, 'tcp')).toMatchObject({
      state: 'failed',
      summary: `Port ${port} refuses connections`,
    })
  })

  it.each([['127.0.0.1'], ['tcp:127.0.0.1'], ['tcp:localhost'], ['.'], ['(local)']])(
    'goes by TCP to %s',
    async (server) => {
      const { port } = await start()
      expect(states(await test({ port }, `Data Source=${server},${port}`))).toBe(PASSED)
    },
  )

  it('tells that a web server is not SQL Server', async () => {
    const web = await listen(talkHttp)
    const layers = await test(web)
    await web.close()
    expect(states(layers)).toMatch(/tcp passed, tls failed, login not-tried/)
    expect(layer(layers, 'tls').summary).toBe(`What answers at port ${web.port} is not SQL Server`)
  })

  it.each([
    ['connect', 'tls'],
    ['prelogin', 'tls'],
    ['login', 'login'],
    ['server', 'server'],
    ['standing', 'rights'],
    ['create-table', 'rights'],
    ['tables', 'schema'],
  ])('gives up a server that says nothing at %s', async (stage, id) => {
    const layers = await test(await start(undefined, { [stage]: 'silent' }), '', 1500)
    expect(layer(layers, id)).toMatchObject({ state: 'failed', summary: 'No answer within 1.5 seconds' })
  })

  it.each([
    ['connect', 'tls'],
    ['prelogin', 'tls'],
    ['login', 'login'],
    ['who', 'login'],
    ['server', 'server'],
    ['begin', 'rights'],
    ['alter-table', 'rights'],
    ['tables', 'schema'],
  ])('tells a connection that is cut at %s, and ends', async (stage, id) => {
    const layers = await test(await start(undefined, { [stage]: 'drop' }))
    expect(layer(layers, id).state).toBe('failed')
    expect(
      layers.slice(layers.indexOf(layer(layers, id)) + 1).every(({ state }) => state === 'not-tried'),
    ).toBe(true)
    expect(responder!.state().tables).toEqual({})
  })

  it('gives up when the Connect Timeout of the service is over', async () => {
    const layers = await test(await start(undefined, { login: 'silent' }), 'Connect Timeout=1')
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      summary: 'No answer within 1 seconds, the Connect Timeout',
    })
  })

  it('is cancelled in the middle', async () => {
    const stop = new AbortController()
    const to = at(await start(undefined, { login: 'silent' }))
    const layers = await testConnection(machine, to, {
      signal: stop.signal,
      onLayer: ({ id, state }) => id === 'login' && state === 'running' && setTimeout(() => stop.abort(), 50),
    })
    expect(states(layers)).toMatch(/login not-tried, server not-tried/)
  })
})

describe('a refused login', () => {
  it('by a wrong password is told with the server’s number and state', async () => {
    const layers = await test(await start((state) => (state.logins = { identity: 'another' })))
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      summary: 'The login of identity is not accepted',
      driverMessage: "18456: Login failed for user 'identity'. (state 1)",
    })
    expect(JSON.stringify(layers)).not.toContain('canary')
  })

  it('by a missing database is not taken for a wrong password', async () => {
    const layers = await test(await start((state) => (state.databases = ['master'])))
    expect(layer(layers, 'login')).toMatchObject({
      summary: 'identity cannot open the database creatio',
      driverMessage: expect.stringMatching(/^4060: Cannot open database "creatio"/),
      remedy: { sql: expect.stringContaining('CREATE USER [identity] FOR LOGIN [identity];') },
    })
  })

  it.each([
    [18452, 'The login of identity is not accepted'],
    [18470, 'The login of identity is disabled'],
    [18486, 'The login of identity is locked out'],
    [18487, 'The password of identity has expired'],
    [18488, 'The password of identity must be changed before it can be used'],
    [17892, 'A logon trigger of the server turns identity away'],
    [17809, 'The server takes no more connections'],
    [916, 'identity has no user in the database creatio'],
    [40615, 'The server refuses the login with error 40615'],
  ])('with number %i is told', async (number, summary) => {
    const layers = await test(await start(undefined, { login: { number, state: 7, text: 'Words.' } }))
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      summary,
      driverMessage: `${number}: Words. (state 7)`,
    })
  })
})

describe('the server', () => {
  const server = async (change: Record<string, string | number | boolean | null>): Promise<LayerResult> =>
    layer(await test(await start((state) => Object.assign(state.server, change))), 'server')

  it('is told to be a read-only copy', async () => {
    expect(await server({ updateability: 'READ_ONLY', in_group: true })).toMatchObject({
      state: 'failed',
      summary: 'The database is a read-only copy of an availability group',
    })
  })

  it('is told to hold a read-only database', async () => {
    expect(await server({ updateability: 'READ_ONLY' })).toMatchObject({
      state: 'failed',
      remedy: { sql: 'ALTER DATABASE CURRENT SET READ_WRITE;' },
    })
  })

  it.each([
    [{ version: '10.50.6000.34' }, 'failed', /is older than what the service’s driver takes/],
    [{ version: '12.0.6024.0', compatibility: 120 }, 'warning', /^SQL Server 2014, compatibility level 120$/],
    [{ compatibility: 110 }, 'warning', /^SQL Server 2022, compatibility level 110$/],
    [{ user_access: 'SINGLE_USER' }, 'warning', /SINGLE_USER/],
    [{ user_access: 'RESTRICTED_USER' }, 'warning', /RESTRICTED_USER/],
    [{ most_connections: 50, connections: 47 }, 'warning', /only 3 connections are free/],
    [{ version: '13.0.5026.0', compatibility: 130 }, 'passed', /^SQL Server 2016, /],
    [{ version: '99.0.1.1' }, 'passed', /^SQL Server 99\.0\.1\.1, /],
    [{ version: '9.00.5000.00' }, 'failed', /^SQL Server 2005 is older/],
    // These count their versions otherwise.
    [{ version: '12.0.2000.8', engine_edition: 5, edition: 'SQL Azure' }, 'passed', /^Azure SQL Database, /],
    [{ version: '12.0.2000.8', engine_edition: 8 }, 'passed', /^Azure SQL Managed Instance, /],
    [{ version: '12.0.2000.8', engine_edition: 11 }, 'failed', /^Azure Synapse .* is no database for/],
  ])('with %j is %s', async (change, state, summary) => {
    expect(await server(change)).toMatchObject({ state, summary: expect.stringMatching(summary) })
  })

  it('keeps the number of connections from who may not see it', async () => {
    const { facts } = await server({ connections: null })
    expect(facts).toContainEqual({
      label: 'Connections',
      value: 'at most 32767; how many are open is told to administrators only',
    })
  })
})

describe('a Windows login', () => {
  const WINDOWS = 'Integrated Security=SSPI'

  it('is not tried, and it is said why', async () => {
    const layers = await test(await start(), WINDOWS)
    expect(states(layers)).toBe(
      'name passed, tcp passed, tls not-applicable, login not-applicable, server not-applicable, rights not-applicable, schema not-applicable',
    )
    expect(layer(layers, 'login').cause).toContain('logs in as the account it runs under')
    expect(responder!.asked.logins).toEqual([])
  })

  it('names the account of the service and how it gets its rights', async () => {
    const identity = {
      name: 'IIS AppPool\\IDServiceAppPool',
      why: 'The application pool runs as its own account.',
    }
    const layers = await testConnection(machine, at(await start(), WINDOWS), { identity })
    expect(layer(layers, 'login')).toMatchObject({
      summary: 'Not applicable here: the service will log in as IIS AppPool\\IDServiceAppPool',
      cause: expect.stringContaining(identity.why),
      remedy: { sql: expect.stringContaining('CREATE LOGIN [IIS AppPool\\IDServiceAppPool] FROM WINDOWS;') },
    })
  })
})
