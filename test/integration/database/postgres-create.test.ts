import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createDatabase,
  dropDatabase,
  lookAtNewDatabase,
  statementsFor,
} from '../../../electron/database/create.ts'
import type { Made, NewDatabase, NewPart } from '../../../electron/database/new-database.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { CLIENT_TABLES } from '../../../electron/practice/service/schema/clients.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { states, type TestServer, startServer } from './fixtures.ts'

const machine = realMachine()
const PASSWORD = new Secret(`c"anary'\\ ж😀;`)
const NONE: Made = { login: false, database: false }
const BOTH: Made = { login: true, database: true }
let server: TestServer
let wanted: NewDatabase
let root: pg.Client

beforeAll(async () => {
  server = await startServer()
  const { host, port, user, password } = server
  root = new pg.Client({ host, port, user, database: 'postgres', password: password.open() })
  await root.connect()
  await root.query(
    `create role boss login createdb createrole password 'right'; create role guest login password 'right'`,
  )
  wanted = { provider: 'PostgreSQL', server: host, port, database: `Iden"tity`, user: `sv"c`, options: '' }
})

afterAll(async () => {
  await root.end()
  await server.remove()
})

afterEach(async () => {
  await root.query(`drop database if exists "Iden""tity" with (force)`)
  await root.query(`drop role if exists "sv""c"`)
})

function admin(user = 'boss'): DatabaseTarget {
  return { provider: 'PostgreSQL', connectionString: server.as(user, 'right', 'Database=creatio;') }
}

async function create(
  more: Partial<Parameters<typeof createDatabase>[2]> = {},
  administrator?: string,
): Promise<{ made: Made; effects: NewPart[] }> {
  const effects: NewPart[] = []
  const made = await createDatabase(
    machine,
    admin(administrator),
    { ...wanted, password: PASSWORD, ...more },
    async (part) => {
      effects.push(part)
    },
  )
  return { made, effects }
}

async function as(user: string, password: string, database: string, sql: string): Promise<unknown> {
  const { host, port } = server
  const client = new pg.Client({ host, port, user, password, database })
  client.on('error', () => undefined)
  await client.connect()
  return client
    .query(sql)
    .then(({ rows }) => rows as unknown)
    .finally(() => client.end())
}

function asService(sql: string, database = wanted.database): Promise<unknown> {
  return as(wanted.user, PASSWORD.open(), database, sql)
}

async function isThere(): Promise<string> {
  const { rows } = await root.query<{ login: boolean; database: boolean }>(
    'select exists (select from pg_roles where rolname = $1) as login, exists (select from pg_database where datname = $2) as database',
    [wanted.user, wanted.database],
  )
  return JSON.stringify(rows[0])
}

describe('a database and a login of the service’s own', () => {
  it('are made with what the service needs', async () => {
    expect(await lookAtNewDatabase(machine, admin(), wanted)).toEqual({
      database: 'absent',
      login: 'absent',
      problems: [],
      notes: [],
    })
    expect(await create()).toEqual({ made: BOTH, effects: ['login', 'database'] })
    const connectionString = new Secret(
      `Server=127.0.0.1;Port=${server.port};Database='Iden"tity';User ID='sv"c';Password="c""anary'\\ ж😀;"`,
    )
    const layers = await testConnection(machine, { provider: 'PostgreSQL', connectionString })
    expect(states(layers)).toMatch(/login passed, server passed, rights passed, schema passed$/)
    await asService(CLIENT_TABLES)
  })

  it('may do no more than that', async () => {
    await create()
    await expect(asService('create schema x')).rejects.toThrow('permission denied')
    await expect(asService('create database x')).rejects.toThrow('permission denied')
    await expect(asService('create role x')).rejects.toThrow('permission denied')
    await expect(asService('drop database "Iden""tity"', 'postgres')).rejects.toThrow('must be owner')
    await expect(asService('create temp table x (y int)')).rejects.toThrow('permission denied')
    await expect(as('guest', 'right', wanted.database, 'select 1')).rejects.toThrow(
      'permission denied for database',
    )
    const { rows } = await root.query(
      `select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = $1`,
      [wanted.user],
    )
    expect(Object.values(rows[0] as object)).toEqual([false, false, false, false, false])
  })

  it('are shown as the statements that make them, without the password', async () => {
    expect(statementsFor(wanted)).toEqual([
      `CREATE ROLE "sv""c" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '[hidden]';`,
      `CREATE DATABASE "Iden""tity" ENCODING 'UTF8' TEMPLATE template0;`,
      `REVOKE ALL ON DATABASE "Iden""tity" FROM PUBLIC;`,
      `GRANT CONNECT ON DATABASE "Iden""tity" TO "sv""c";`,
      String.raw`\connect "Iden""tity"`,
      'REVOKE CREATE ON SCHEMA public FROM PUBLIC;',
      'GRANT USAGE, CREATE ON SCHEMA public TO "sv""c";',
    ])
  })

  it('are not begun by who may not make them', async () => {
    const { problems } = await lookAtNewDatabase(machine, admin('guest'), wanted)
    expect(problems.map(({ what }) => what)).toEqual([
      'guest may not create databases on this server.',
      'guest may not create logins on this server.',
    ])
    await expect(create({}, 'guest')).rejects.toMatchObject({ problem: { code: 'database.administrator' } })
    expect(await isThere()).toBe('{"login":false,"database":false}')
  })

  it('are not made when the journal cannot be written', async () => {
    const stop = createDatabase(machine, admin(), { ...wanted, password: PASSWORD }, async () => {
      throw new Error('disk full')
    })
    await expect(stop).rejects.toThrow('disk full')
    expect(await isThere()).toBe('{"login":false,"database":false}')
  })

  it('leave a database that is there as it is', async () => {
    await root.query('create database "Iden""tity"')
    expect((await lookAtNewDatabase(machine, admin(), wanted)).notes).toEqual([
      'There is a database Iden"tity already.',
    ])
    await expect(create()).rejects.toMatchObject({ problem: { code: 'database.exists' } })
    expect(await isThere()).toBe('{"login":false,"database":true}')
  })

  it('use a login that is there if it takes the password, and leave it as it is', async () => {
    await root.query(`create role "sv""c" login password 'mine'`)
    await expect(create()).rejects.toMatchObject({ problem: { code: 'database.login-exists' } })
    expect((await create({ password: new Secret('mine') })).made).toEqual({ login: false, database: true })
    await dropDatabase(machine, admin(), wanted, { login: false, database: true })
    expect(await isThere()).toBe('{"login":true,"database":false}')
    await as(wanted.user, 'mine', 'postgres', 'select 1')
  })

  it('go on where an earlier run was interrupted', async () => {
    await root.query(`create role "sv""c" login password 'half'; grant "sv""c" to boss with admin option`)
    await as('boss', 'right', 'postgres', `create database "Iden""tity" template template0 encoding 'UTF8'`)
    expect(await create({ earlier: BOTH })).toEqual({ made: BOTH, effects: [] })
    await asService('create table x (y int)')
  })

  it.each(['', 'soft\u00adhyphen', 'ﬁre', 'a\nb'])(
    'refuse the password %j, of which programs make different bytes',
    async (password) => {
      await expect(create({ password: new Secret(password) })).rejects.toMatchObject({
        problem: { code: 'database.password' },
      })
      expect(await isThere()).toBe('{"login":false,"database":false}')
    },
  )

  it.each([
    ['pg_x', 'd'],
    ['u', 'postgres'],
    ['ж'.repeat(32), 'd'],
  ])('refuse the names %s and %s', async (user, database) => {
    const { problems } = await lookAtNewDatabase(machine, admin(), { ...wanted, user, database })
    expect(problems).toHaveLength(1)
  })

  it('tell an administrator that cannot log in', async () => {
    const wrong = { provider: 'PostgreSQL', connectionString: server.as('boss', 'wrong') } as const
    await expect(lookAtNewDatabase(machine, wrong, wanted)).rejects.toMatchObject({
      problem: {
        code: 'database.open',
        what: 'The administrator cannot log in to the database server: The password of boss is not accepted.',
      },
    })
  })

  it('get a SCRAM password also where MD5 is the server’s way', async () => {
    await root.query('alter role boss set password_encryption = md5')
    const { notes } = await lookAtNewDatabase(machine, admin(), wanted)
    await create()
    await root.query('alter role boss reset all')
    expect(notes).toEqual([expect.stringContaining('SCRAM-SHA-256')])
    await asService('select 1')
  })
})

describe('what was made', () => {
  it('is taken back, with the sessions of the service, and a second time too', async () => {
    await create()
    await asService(CLIENT_TABLES)
    const { host, port } = server
    const session = new pg.Client({
      host,
      port,
      user: wanted.user,
      password: PASSWORD.open(),
      database: wanted.database,
    })
    session.on('error', () => undefined)
    await session.connect()
    await dropDatabase(machine, admin(), wanted, BOTH)
    expect(await isThere()).toBe('{"login":false,"database":false}')
    await dropDatabase(machine, admin(), wanted, BOTH)
    await session.end().catch(() => undefined)
  })

  it('stays when others have put tables there or are connected, and the service can still use it', async () => {
    await create()
    const url = {
      host: server.host,
      port: server.port,
      user: server.user,
      password: server.password.open(),
      database: wanted.database,
    }
    const other = new pg.Client(url)
    other.on('error', () => undefined)
    await other.connect()
    await expect(dropDatabase(machine, admin(), wanted, BOTH)).rejects.toMatchObject({
      problem: {
        code: 'database.not-dropped',
        what: 'Others are connected to the database Iden"tity.',
        details: ['postgres'],
      },
    })
    await other.query('create table theirs (x int)')
    await other.end()
    await expect(dropDatabase(machine, admin(), wanted, BOTH)).rejects.toMatchObject({
      problem: { code: 'database.not-dropped', details: ['public.theirs'] },
    })
    await asService('select 1')
  })

  it('was made by nobody: nothing is dropped', async () => {
    await create()
    await dropDatabase(machine, admin(), wanted, NONE)
    expect(await isThere()).toBe('{"login":true,"database":true}')
  })
})
