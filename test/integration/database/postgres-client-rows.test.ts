import { connect, type Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  openDatabase,
  type ClientRows,
  type IdentityDatabase,
} from '../../../electron/database/identity-database.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { CLIENT_TABLES } from '../../../electron/practice/service/schema/clients.ts'
import { listen, startServer, type TestServer } from './fixtures.ts'

const machine = realMachine()
let server: TestServer
let admin: pg.Client

/** Tables that no version of IdentityServer4 has, with what JSON has no word for. */
const CREATIOS_OWN = `
  create type "Mood" as enum ('calm', 'hot; "x"');
  create schema "Other One";
  create table "ClientExtras" (
    "Number" bigint generated always as identity primary key, "Client" int not null references "Clients" ("Id"),
    "Bytes" bytea, "When" timestamp, "Day" date, "Until" timestamptz, "Amount" numeric(30, 10), "Real" double precision,
    "Doc" jsonb, "Tags" text[], "Mood" "Mood", "Span" interval, "Key" uuid,
    "Twice" int generated always as (2) stored);
  create table "Other One"."Extra's ""Notes""" (
    "Id" int primary key, "Extra" bigint not null references "ClientExtras" ("Number"), "Text" text);
  create table "ClientFriends" (
    "Id" int primary key, "One" int references "Clients" ("Id"), "Other" int references "Clients" ("Id"));`

const CLIENT = (id: number, clientId: string): string => `
  insert into "Clients" select * from jsonb_populate_record(null::"Clients",
    (select jsonb_object_agg(column_name, case data_type when 'boolean' then 'true'::jsonb when 'integer' then '1'::jsonb
       when 'timestamp with time zone' then '"2026-01-02T03:04:05.123456+03:00"'::jsonb else '"x"'::jsonb end)
     from information_schema.columns where table_name = 'Clients')
    || jsonb_build_object('Id', ${id}, 'ClientId', '${clientId}'));
  insert into "ClientScopes" ("Scope", "ClientId") values ('a', ${id}), ('b', ${id});
  insert into "ClientSecrets" ("Type", "Value", "Created", "ClientId") values ('SharedSecret', 'hash', '0044-03-15 12:00:00+00 BC', ${id});
  insert into "ClientClaims" ("Type", "Value", "ClientId") values ('t', E'line\\nж 😀 ''"\\\\', ${id});
  insert into "ClientExtras" ("Client", "Bytes", "When", "Day", "Until", "Amount", "Real", "Doc", "Tags", "Mood", "Span", "Key")
    values (${id}, '\\x00ff5c', '2026-01-02 03:04:05.000001', '2026-02-03', 'infinity', 12345678901234567890.0123456789, 0.1::float8 + 0.2,
      '{"a": [1, "\\u00e4"]}', '{a,"b, \\"c\\"",null}', 'hot; "x"', '1 year 2 days 03:04:05.678', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
  insert into "Other One"."Extra's ""Notes""" select ${id}, max("Number"), 'note' from "ClientExtras" where "Client" = ${id};`

beforeAll(async () => {
  server = await startServer()
  const { host, port, user, password, database } = server
  admin = new pg.Client({ host, port, user, database, password: password.open() })
  await admin.connect()
  await admin.query(`create role service login password 'right'; grant create on schema public to service`)
  await admin.query(`${CLIENT_TABLES}; ${CREATIOS_OWN}`)
  await admin.query(`
    alter table "ClientExtras" owner to service;
    grant usage on schema "Other One" to service;
    grant select, insert, update, delete on all tables in schema "Other One" to service;
    grant select, insert, update, delete on all tables in schema public to service`)
}, 60_000)

afterAll(async () => {
  await admin.end()
  await server.remove()
})

beforeEach(async () => {
  await admin.query(`
    truncate "Clients", "ClientExtras", "Other One"."Extra's ""Notes""", "ClientFriends" cascade;
    ${CLIENT(7, 'old')} ${CLIENT(8, 'other')}
    insert into "ClientFriends" values (1, 7, 7), (2, 8, null)`)
})

function target(port = server.port): DatabaseTarget {
  return { provider: 'PostgreSQL', connectionString: server.as('service', 'right', `Port=${port};`) }
}

async function using<T>(work: (database: IdentityDatabase) => Promise<T>, port?: number): Promise<T> {
  const database = await openDatabase(machine, target(port))
  return work(database).finally(() => database.close())
}

async function kept(clientId = 'old'): Promise<ClientRows> {
  const rows = await using((database) => database.rowsOf(clientId))
  // As a file would hold them.
  return JSON.parse(JSON.stringify(rows)) as ClientRows
}

/** Everything in the tables of clients, as the server itself puts it. */
async function everything(): Promise<string> {
  const tables = [
    '"Clients"',
    '"ClientScopes"',
    '"ClientSecrets"',
    '"ClientClaims"',
    '"ClientExtras"',
    '"ClientFriends"',
    `"Other One"."Extra's ""Notes"""`,
  ]
  const rows = tables.map(
    (table) => `select '${table.replaceAll("'", "''")}' || t::text as row from ${table} t`,
  )
  return JSON.stringify((await admin.query(`${rows.join(' union all ')} order by 1`)).rows)
}

describe('the rows of a client', () => {
  it('are read from every table that refers to it, to the last digit', async () => {
    const rows = await kept()
    expect(rows).toMatchObject({ clientId: 'old', key: 7 })
    expect(rows.tables.map(({ table, rows: found }) => `${table} ${found.length}`)).toEqual([
      'Clients 1',
      'ClientSecrets 1',
      'ClientScopes 2',
      'ClientFriends 1',
      'ClientExtras 1',
      'ClientClaims 1',
      `Other One.Extra's "Notes" 1`,
    ])
    const of = (name: string): unknown => rows.tables.find(({ table }) => table === name)!.rows[0]
    expect(of('Clients')).toMatchObject({
      Id: 7,
      Enabled: true,
      Created: '2026-01-02T00:04:05.123456Z',
      ClientName: 'x',
    })
    expect(of('ClientExtras')).toMatchObject({
      Bytes: '\\x00ff5c',
      When: '2026-01-02T03:04:05.000001',
      Until: 'infinity',
      Amount: '12345678901234567890.0123456789',
      Real: '0.30000000000000004',
    })
    expect(of('ClientExtras')).not.toHaveProperty('Twice')
    expect(await using((database) => database.rowsOf('nobody'))).toBeUndefined()
  })

  it('are removed, those of others stay, and come back as they were', async () => {
    const before = await everything()
    const rows = await kept()
    await using((database) => database.removeRows(rows))
    expect((await using((database) => database.clients())).map(({ clientId }) => clientId)).toEqual(['other'])
    expect(await everything()).not.toBe(before)
    await using((database) => database.removeRows(rows))
    await using((database) => database.restoreRows(rows))
    expect(await everything()).toBe(before)
    await using((database) => database.restoreRows(rows))
    expect(await everything()).toBe(before)
  })

  it('come back in the place of those that were made since', async () => {
    const before = await everything()
    const rows = await kept()
    await using((database) => database.removeRows(rows))
    await admin.query(`${CLIENT(20, 'old')} ${CLIENT(21, 'new')}`)
    await using((database) => database.restoreRows(rows, 'new'))
    expect(await everything()).toBe(before)
  })

  it.each([
    ['a row more', `insert into "ClientScopes" ("Scope", "ClientId") values ('c', 7)`],
    ['another value', `update "ClientSecrets" set "Value" = 'else' where "ClientId" = 7`],
    ['a row less', `delete from "ClientClaims" where "ClientId" = 7`],
    [
      'another client of that name',
      `delete from "ClientFriends"; delete from "Other One"."Extra's ""Notes"""; delete from "ClientExtras"; delete from "Clients" where "Id" = 7; ${CLIENT(9, 'old')}`,
    ],
  ])('are not removed when there is %s', async (_, change) => {
    const rows = await kept()
    await admin.query(change)
    const before = await everything()
    await expect(using((database) => database.removeRows(rows))).rejects.toMatchObject({
      problem: { code: 'database.client-changed', untouched: 'No row was removed.' },
    })
    expect(await everything()).toBe(before)
  })

  it('wait for a change that is under way, and are not removed then', async () => {
    const rows = await kept()
    await admin.query('begin')
    await admin.query(`insert into "ClientScopes" ("Scope", "ClientId") values ('late', 7)`)
    const removing = using((database) => database.removeRows(rows)).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 150))
    await admin.query('commit')
    expect(await removing).toMatchObject({ problem: { code: 'database.client-changed' } })
  })

  it('are not put back where another client has their key', async () => {
    const rows = await kept()
    await using((database) => database.removeRows(rows))
    await admin.query(CLIENT(7, 'third'))
    const before = await everything()
    await expect(using((database) => database.restoreRows(rows))).rejects.toMatchObject({
      problem: { code: 'database.write', details: [expect.stringContaining('23505')] },
    })
    expect(await everything()).toBe(before)
  })

  it('are not put back into tables that have changed', async () => {
    const rows = await kept()
    const strange = { ...rows, tables: [...rows.tables, { table: 'Gone', rows: [{ Id: 1 }] }] }
    const before = await everything()
    await expect(using((database) => database.restoreRows(strange))).rejects.toMatchObject({
      problem: { code: 'database.schema-changed', what: expect.stringContaining('the table Gone') },
    })
    expect(await everything()).toBe(before)
  })

  it('are told in words when the right to them is missing', async () => {
    const rows = await kept()
    await admin.query('revoke delete on "ClientClaims" from service')
    const before = await everything()
    const refused = await using((database) => database.removeRows(rows)).catch((error: unknown) => error)
    await admin.query('grant delete on "ClientClaims" to service; revoke select on "Clients" from service')
    const unread = await using((database) => database.clients()).catch((error: unknown) => error)
    await admin.query('grant select on "Clients" to service')
    expect(refused).toMatchObject({
      problem: { code: 'database.write', what: expect.stringContaining('has not the right') },
    })
    expect(unread).toMatchObject({
      problem: { code: 'database.read', details: ['ERROR 42501: permission denied for table Clients'] },
    })
    expect(await everything()).toBe(before)
  })
})

/** Stands before the server and cuts each connection at its nth message after the login: before it arrives, or its answer. */
async function cutAt(
  n: number,
  what: 'message' | 'answer',
): Promise<{ port: number; close(): Promise<void>; count: number }> {
  const state = { count: 0 }
  const proxy = await listen((socket: Socket) => {
    const behind = connect(server.port, '127.0.0.1')
    let ready = false
    let cut = false
    const end = (): void => void (socket.destroy(), behind.destroy())
    behind.on('error', end).on('close', end)
    socket.on('close', end)
    socket.on('data', (bytes) => {
      // The end of the session is no message of the work.
      if (ready && bytes[0] !== 0x58) state.count += 1
      if (state.count === n && what === 'message') return end()
      cut = state.count === n
      behind.write(bytes)
    })
    behind.on('data', (bytes) => {
      if (cut) return end()
      // ReadyForQuery, idle: the login is over.
      if (bytes.includes(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))) ready = true
      socket.write(bytes)
    })
  })
  return {
    port: proxy.port,
    close: () => proxy.close(),
    get count() {
      return state.count
    },
  }
}

describe.each(['message', 'answer'] as const)('a connection that is cut at any %s', (what) => {
  it.each(['removing', 'putting back'])(
    'leaves all or nothing when %s',
    { timeout: 60_000 },
    async (doing) => {
      const whole = await everything()
      const rows = await kept()
      await using((database) => database.removeRows(rows))
      const without = await everything()
      const [start, end] = doing === 'removing' ? [whole, without] : [without, whole]
      const set = (): Promise<void> =>
        using((database) => (doing === 'removing' ? database.restoreRows(rows) : database.removeRows(rows)))
      const work = (database: IdentityDatabase): Promise<void> =>
        doing === 'removing' ? database.removeRows(rows) : database.restoreRows(rows)
      await set()
      let cuts = 0
      for (let n = 1; ; n += 1) {
        const proxy = await cutAt(n, what)
        const outcome = await using(work, proxy.port).then(
          () => 'done',
          (error: unknown) => error,
        )
        const count = proxy.count
        await proxy.close()
        if (outcome === 'done' && count < n) break
        cuts += 1
        expect(outcome).toMatchObject({ problem: { code: 'database.write' } })
        // The server has noticed when nothing of the session is left.
        await expect
          .poll(
            async () =>
              (await admin.query(`select from pg_stat_activity where usename = 'service'`)).rowCount,
            { interval: 5 },
          )
          .toBe(0)
        const now = await everything()
        if (now === end) await set()
        else expect(now).toBe(start)
      }
      expect(cuts).toBeGreaterThan(15)
      expect(await everything()).toBe(end)
    },
  )
})
