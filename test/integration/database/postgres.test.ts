import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { closedPort, layer, listen, startServer, states, talkHttp, type TestServer } from './fixtures.ts'

const machine = realMachine()
let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.sql(`
    create role owner login password 'right';
    alter database creatio owner to owner;
    create role guest login password 'right';
    create role "Odd ""Name" login password 'a"b;c''d=e{} ж😀';
    create role lost login password 'right';
    alter role lost set search_path = nowhere;
    create role locked nologin password 'right'`)
})

afterAll(() => server.remove())

async function test(connectionString: Secret, timeoutMs = 30_000): Promise<readonly LayerResult[]> {
  return testConnection(machine, { provider: 'PostgreSQL', connectionString }, { timeoutMs })
}

describe('a connection test of PostgreSQL', () => {
  it('passes every layer for a user who may do what the service does', async () => {
    const layers = await test(server.as('owner', 'right'))
    expect(layers.map(({ id, state, summary }) => ({ id, state, summary }))).toEqual([
      { id: 'name', state: 'passed', summary: '127.0.0.1 is an IP address' },
      { id: 'tcp', state: 'passed', summary: `Port ${server.port} answers` },
      {
        id: 'tls',
        state: 'passed',
        summary: 'The server offers no TLS; what is sent is not encrypted',
      },
      {
        id: 'login',
        state: 'passed',
        summary: expect.stringMatching(/^As owner to creatio, PostgreSQL \d+\.\d+$/),
      },
      { id: 'server', state: 'passed', summary: expect.stringMatching(/^PostgreSQL \d+\.\d+, UTF8$/) },
      { id: 'rights', state: 'passed', summary: 'May create and change tables in schema public' },
      {
        id: 'schema',
        state: 'passed',
        summary: 'No tables of the service yet; it creates them at its first start',
      },
    ])
  })

  it('leaves nothing behind in the database', async () => {
    await test(server.as('owner', 'right'))
    const { host, port, password } = server
    const client = new pg.Client({
      host,
      port,
      user: 'postgres',
      database: 'creatio',
      password: password.open(),
    })
    await client.connect()
    const tables = await client.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'i')`,
    )
    await client.end()
    expect(tables.rows).toEqual([])
  })

  it('looks a name up', async () => {
    const layers = await test(server.as('owner', 'right', 'Host=localhost;'))
    expect(layer(layers, 'name').summary).toMatch(/^localhost is .*127\.0\.0\.1/)
    expect(layer(layers, 'schema').state).toBe('passed')
  })

  it('takes a user and password of quotes, separators, braces and emoji', async () => {
    const layers = await test(
      new Secret(
        `Server=127.0.0.1;Port=${server.port};Database=creatio;User ID='Odd "Name';Password="a""b;c'd=e{} ж😀"`,
      ),
    )
    expect(layer(layers, 'login')).toMatchObject({
      state: 'passed',
      summary: expect.stringContaining('Odd "Name'),
    })
    expect(layer(layers, 'rights').remedy?.sql).toBe('GRANT USAGE, CREATE ON SCHEMA public TO "Odd ""Name";')
  })

  it('tells a name nobody knows', async () => {
    const layers = await test(server.as('owner', 'right', 'Host=no-such-host.invalid;'))
    expect(states(layers)).toBe(
      'name failed, tcp not-tried, tls not-tried, login not-tried, server not-tried, rights not-tried, schema not-tried',
    )
    expect(layers[0]!.summary).toBe('The name no-such-host.invalid is not known')
  })

  it('tells a closed port', async () => {
    const port = await closedPort()
    const layers = await test(server.as('owner', 'right', `Port=${port};`))
    expect(states(layers)).toMatch(/^name passed, tcp failed, tls not-tried/)
    expect(layer(layers, 'tcp')).toMatchObject({
      summary: `Port ${port} refuses connections`,
      driverMessage: expect.stringContaining('ECONNREFUSED'),
      remedy: { text: expect.stringMatching(/^Start/) },
    })
  })

  it('tells a wrong password, and says nothing of it', async () => {
    const layers = await test(server.as('owner', 'wrong-canary'))
    expect(states(layers)).toMatch(
      /tls passed, login failed, server not-tried, rights not-tried, schema not-tried$/,
    )
    expect(layer(layers, 'login')).toMatchObject({
      summary: 'The password of owner is not accepted',
      driverMessage: 'FATAL 28P01: password authentication failed for user "owner"',
    })
    expect(JSON.stringify(layers)).not.toContain('canary')
  })

  it('tells a missing password', async () => {
    const layers = await test(
      new Secret(`Host=127.0.0.1;Port=${server.port};Database=creatio;Username=owner`),
    )
    expect(layer(layers, 'login').summary).toBe('The server asks for a password, and there is none')
  })

  it.each([
    ['Database=[DbName];', 'The value of “database” is a placeholder in square brackets.'],
    [
      `User ID=${'u'.repeat(10_000)};`,
      'The name of the user has 10000 characters, more than the server allows.',
    ],
    ['User ID="a\nb";', 'The value of “user” holds a control character, such as a line end.'],
    ['Host=;', 'The connection string names no server.'],
  ])('connects nowhere with %.30j', async (more, summary) => {
    const layers = await test(server.as('owner', 'right', more))
    expect(states(layers)).toMatch(/^name failed, tcp not-tried/)
    expect(layer(layers, 'name').summary).toBe(summary)
  })

  it('tells a user who may not log in', async () => {
    const layers = await test(server.as('locked', 'right'))
    expect(layer(layers, 'login')).toMatchObject({ state: 'failed', summary: 'locked may not log in' })
  })

  it('tells a missing database and whether the service could make it', async () => {
    const guest = layer(await test(server.as('guest', 'right', 'Database=Nope;')), 'login')
    expect(guest).toMatchObject({
      state: 'failed',
      summary: 'There is no database Nope',
      driverMessage: 'FATAL 3D000: database "Nope" does not exist',
      cause: expect.stringContaining('guest may not create databases'),
      remedy: { sql: 'CREATE DATABASE "Nope" OWNER "guest";' },
    })
    await server.sql('alter role guest createdb')
    const allowed = layer(await test(server.as('guest', 'right', 'Database=Nope;')), 'login')
    await server.sql('alter role guest nocreatedb')
    expect(allowed.cause).toContain('guest may create databases, so the service would make it')
  })

  it('tells a database that the user may not connect to', async () => {
    await server.sql('create database closed')
    await server.sql('revoke connect on database closed from public')
    expect(layer(await test(server.as('guest', 'right', 'Database=closed;')), 'login')).toMatchObject({
      summary: 'guest may not connect to closed',
      remedy: { sql: 'GRANT CONNECT ON DATABASE "closed" TO "guest";' },
    })
  })

  it('tells a missing CREATE right with the statement that grants it', async () => {
    const layers = await test(server.as('guest', 'right'))
    expect(states(layers)).toMatch(/login passed, server passed, rights failed, schema not-tried$/)
    const rights = layer(layers, 'rights')
    expect(rights).toMatchObject({
      summary: 'May not create tables in schema public',
      driverMessage: 'ERROR 42501: permission denied for schema public',
      remedy: { sql: 'GRANT USAGE, CREATE ON SCHEMA public TO guest;' },
    })
    await server.sql(rights.remedy!.sql!)
    const after = await test(server.as('guest', 'right'))
    await server.sql('revoke create on schema public from guest')
    expect(layer(after, 'rights').state).toBe('passed')
  })

  it('tells a search_path without a schema, and follows the one of the connection string', async () => {
    expect(layer(await test(server.as('lost', 'right')), 'rights').summary).toBe(
      'There is no schema to create tables in',
    )
    await server.sql('create schema "Own" authorization lost')
    const own = await test(server.as('lost', 'right', 'Search Path="""Own""";'))
    expect(layer(own, 'rights')).toMatchObject({
      state: 'passed',
      summary: 'May create and change tables in schema Own',
    })
  })

  it('tells a server without connections left', async () => {
    await server.sql('alter role guest connection limit 0')
    const layers = await test(server.as('guest', 'right'))
    await server.sql('alter role guest connection limit -1')
    expect(layer(layers, 'login')).toMatchObject({
      summary: 'The server has no connection left',
      driverMessage: expect.stringContaining('53300'),
    })
  })

  it('tells that a web server is not PostgreSQL, whatever the SSL Mode', async () => {
    const web = await listen(talkHttp)
    for (const mode of ['Prefer', 'Disable', 'VerifyFull']) {
      const layers = await test(server.as('owner', 'right', `Port=${web.port};SSL Mode=${mode};`))
      expect(states(layers)).toMatch(/tcp passed, tls failed, login not-tried/)
      expect(layer(layers, 'tls').summary).toBe(`What answers at port ${web.port} is not PostgreSQL`)
    }
    await web.close()
  })

  it('gives up a port that accepts and says nothing', async () => {
    const silent = await listen(() => undefined)
    const layers = await test(server.as('owner', 'right', `Port=${silent.port};`), 300)
    expect(states(layers)).toMatch(/tcp passed, tls failed, login not-tried/)
    expect(layer(layers, 'tls').summary).toBe('No answer within 0.3 seconds')
    expect(layer(layers, 'tls').ms).toBeLessThan(5000)
    await silent.close()
  })

  it('gives up a server that stops answering after it spoke PostgreSQL', async () => {
    const stalled = await listen((socket) => socket.once('data', () => socket.write('N')))
    const layers = await test(server.as('owner', 'right', `Port=${stalled.port};`), 1500)
    expect(states(layers)).toMatch(/tls passed, login failed, server not-tried, rights not-tried/)
    expect(layer(layers, 'login').summary).toBe('No answer within 1.5 seconds')
    await stalled.close()
  })

  it('is cancelled at once', async () => {
    const silent = await listen(() => undefined)
    const cancel = new AbortController()
    const seen: string[] = []
    const target = {
      provider: 'PostgreSQL',
      connectionString: server.as('owner', 'right', `Port=${silent.port};`),
    } as const
    const testing = testConnection(machine, target, {
      signal: cancel.signal,
      onLayer: ({ id, state }) => {
        seen.push(`${id} ${state}`)
        if (id === 'tls' && state === 'running') cancel.abort()
      },
    })
    const layers = await testing
    expect(layer(layers, 'tls').summary).toBe('Cancelled')
    expect(seen.join(', ')).toBe(
      'name running, name passed, tcp running, tcp passed, tls running, tls not-tried, ' +
        'login not-tried, server not-tried, rights not-tried, schema not-tried',
    )
    await silent.close()
  })

  it('leaves no connection open', async () => {
    await test(server.as('owner', 'right'))
    const { host, port, password } = server
    const client = new pg.Client({ host, port, user: 'postgres', password: password.open() })
    await client.connect()
    await expect
      .poll(async () => {
        const left = await client.query(
          "select 1 from pg_stat_activity where application_name = 'Identity Service Setup'",
        )
        return left.rowCount
      })
      .toBe(0)
    await client.end()
  })
})
