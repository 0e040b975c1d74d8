import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { judgeServer, type ServerLook } from '../../../electron/database/postgres/server.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { layer, startServer, states, type TestServer } from './fixtures.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.sql(`
    create role owner login password 'right';
    alter database creatio owner to owner`)
})

afterAll(() => server.remove())

async function test(more = '', npgsql?: string): Promise<readonly LayerResult[]> {
  const connectionString = server.as('owner', 'right', more)
  return testConnection(realMachine(), {
    provider: 'PostgreSQL',
    connectionString,
    ...(npgsql ? { drivers: { npgsql } } : {}),
  })
}

async function serverLayer(more = '', npgsql?: string): Promise<LayerResult> {
  return layer(await test(more, npgsql), 'server')
}

/** Changes something for one look. */
async function during<T>(change: string, undo: string, look: () => Promise<T>): Promise<T> {
  await server.sql(change)
  return look().finally(() => server.sql(undo))
}

/** Keeps sessions of a user open meanwhile. */
async function beside<T>(count: number, user: string, password: string, look: () => Promise<T>): Promise<T> {
  const { host, port } = server
  const open = Array.from(
    { length: count },
    () => new pg.Client({ host, port, database: 'creatio', user, password }),
  )
  await Promise.all(open.map((client) => client.connect()))
  return look().finally(() => Promise.all(open.map((client) => client.end())))
}

describe('the server layer', () => {
  it('tells version, encoding, collation and free connections', async () => {
    expect(await serverLayer()).toMatchObject({
      state: 'passed',
      facts: [
        { label: 'Version', value: expect.stringMatching(/^PostgreSQL \d+\.\d+/) },
        { label: 'Encoding', value: 'UTF8' },
        { label: 'Collation', value: 'C' },
        {
          label: 'Connections',
          value: expect.stringMatching(/^9\d free: 100 allowed, 3 kept for administrators, \d used$/),
        },
      ],
    })
    expect(layer(await test(), 'login').facts).toEqual([
      { label: 'Logged in as', value: 'owner, as the service will' },
      { label: 'Encrypted', value: 'No' },
    ])
  })

  it.each([
    ['alter role owner', 'the user owner', 'ALTER ROLE "owner" SET'],
    ['alter database creatio', 'the database creatio', 'ALTER DATABASE "creatio" SET'],
    [
      'alter role owner in database creatio',
      'the user owner in this database',
      'ALTER ROLE "owner" IN DATABASE "creatio" SET',
    ],
  ])('tells read-only by %s, and how to turn it off', async (whose, where, sql) => {
    const found = await during(`${whose} set default_transaction_read_only = on`, 'select 1', serverLayer)
    expect(found).toMatchObject({
      state: 'failed',
      summary: 'The database takes no changes: it is set to read-only',
      cause: `default_transaction_read_only is on for ${where}.`,
      remedy: { sql: expect.stringContaining(`${sql} default_transaction_read_only = off;`) },
    })
    await server.sql(found.remedy!.sql!)
    expect((await serverLayer()).state).toBe('passed')
    await server.sql(`${whose} reset default_transaction_read_only`, 'postgres')
  })

  it('tells read-only by the connection string', async () => {
    const found = await serverLayer('Options="-c default_transaction_read_only=on";')
    expect(found).toMatchObject({
      state: 'failed',
      cause: expect.stringContaining('by its connection string'),
    })
  })

  it.each([
    ['user', 'alter role owner connection limit', 'owner at most'],
    ['database', 'alter database creatio connection limit', 'creatio at most'],
  ])('counts the limit of the %s', async (_, limit, fact) => {
    const few = await during(`${limit} 4`, `${limit} -1`, serverLayer)
    expect(few).toMatchObject({
      state: 'warning',
      summary: expect.stringMatching(/^Only [123] connections? (is|are) free$/),
    })
    expect(few.facts!.at(-1)!.value).toContain(`${fact} 4`)
    const none = await during(`${limit} 1`, `${limit} -1`, () => test())
    expect(states(none)).toMatch(/login passed, server failed, rights not-tried/)
    expect(layer(none, 'server').summary).toBe('No connection is free beside this one')
  })

  it('fails at the login when no connection is left for the user', async () => {
    const limit = 'alter role owner connection limit'
    const layers = await during(`${limit} 2`, `${limit} -1`, () => beside(2, 'owner', 'right', () => test()))
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      driverMessage: expect.stringContaining('53300'),
      remedy: { sql: expect.stringContaining('pg_stat_activity') },
    })
  })

  it('warns of another encoding than UTF8', async () => {
    await server.sql(`create database plain encoding 'SQL_ASCII' template template0 owner owner`)
    expect(await serverLayer('Database=plain;')).toMatchObject({
      state: 'warning',
      summary: 'The database is encoded in SQL_ASCII, not in UTF8',
      cause: expect.stringContaining('garbled'),
    })
  })

  it('warns of a server older than the service’s driver supports', () => {
    const look = {
      me: 'u',
      database: 'd',
      version: '11.22',
      version_num: 110_022,
      encoding: 'UTF8',
      collation: 'C',
      standby: false,
      read_only: false,
      read_only_source: 'default',
      superuser: false,
      max_connections: 100,
      reserved: 3,
      used: 1,
      database_limit: -1,
      database_used: 1,
      role_limit: -1,
      role_used: 1,
    } satisfies ServerLook
    expect(judgeServer(look, 8)).toMatchObject({
      state: 'warning',
      summary: 'PostgreSQL 11.22 is older than Npgsql 8 supports',
    })
    expect(judgeServer(look, undefined).state).toBe('warning')
    expect(judgeServer(look, 6).state).toBe('passed')
    expect(judgeServer({ ...look, used: 97 }, 6)).toMatchObject({ state: 'failed' })
    expect(judgeServer({ ...look, used: 95, version_num: 90_624 }, 6).summary).toMatch(
      /older than Npgsql 6.*; Only 2 connections are free/,
    )
  })

  it('runs the rest over MD5 as over SCRAM', async () => {
    await server.sql(
      `set password_encryption = 'md5'; create role old login password 'right'; grant create on schema public to old`,
    )
    const data = (await readdir(server.folder)).find((name) => name.startsWith('data-'))!
    const rules = join(server.folder, data, 'pg_hba.conf')
    await writeFile(rules, `host all old all md5\n${await readFile(rules, 'utf8')}`)
    await server.sql('select pg_reload_conf()')
    const target = { provider: 'PostgreSQL', connectionString: server.as('old', 'right') } as const
    await expect
      .poll(async () => states(await testConnection(realMachine(), target)))
      .toMatch(/login passed, server passed, rights passed, schema passed/)
  })
})

describe('a server that is full', () => {
  it('is told at the login', async () => {
    await server.sql('alter system set max_connections = 6')
    await server.restart()
    const layers = await beside(3, 'owner', 'right', () => test())
    await server.sql('alter system reset max_connections')
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      summary: 'The server has no connection left',
      driverMessage: expect.stringMatching(/^FATAL 53300: /),
    })
  })
})
