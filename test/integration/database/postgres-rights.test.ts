import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { grantScript } from '../../../electron/database/grants.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { CLIENT_TABLES } from '../../../electron/practice/service/schema/clients.ts'
import { GRANT_TABLES } from '../../../electron/practice/service/schema/grants.ts'
import { RESOURCE_TABLES } from '../../../electron/practice/service/schema/resources.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { layer, startServer, states, type TestServer } from './fixtures.ts'

const USER = `serv"ice'; ж\\`
const DATABASE = `b$rights$'"; \\c x`
let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.sql(`
    create role "${USER.replaceAll('"', '""')}" login password 'right';
    create role former`)
  await server.sql(`create database ${quoted(DATABASE)}`)
})

afterAll(() => server.remove())

beforeEach(() =>
  sql(`drop schema if exists public cascade; create schema public; grant usage on schema public to public;
    drop schema if exists "Own" cascade; alter role ${quoted(USER)} reset all`),
)

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function sql(text: string): Promise<void> {
  return server.sql(text, DATABASE)
}

async function test(more = ''): Promise<readonly LayerResult[]> {
  const value = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const connectionString = new Secret(
    `Server=127.0.0.1;Port=${server.port};Database=${value(DATABASE)};User ID=${value(USER)};Password=right;${more}`,
  )
  return testConnection(realMachine(), { provider: 'PostgreSQL', connectionString })
}

const TABLES = `${RESOURCE_TABLES}; ${CLIENT_TABLES}; ${GRANT_TABLES};`
const GREEN = /server passed, rights passed, schema passed$/

describe('the rights layer', () => {
  it('wants the tables of an earlier installation to be the user’s own', async () => {
    await sql(`${TABLES} grant create on schema public to ${quoted(USER)};
      grant select, insert, update, delete on all tables in schema public to ${quoted(USER)};
      alter table "Clients" owner to former`)
    const rights = layer(await test(), 'rights')
    expect(rights).toMatchObject({
      state: 'warning',
      summary: 'Tables of the service belong to former, postgres',
      remedy: { sql: expect.stringContaining('ALTER TABLE public."Clients" OWNER TO') },
    })
    await sql(rights.remedy!.sql!)
    expect(states(await test())).toMatch(GREEN)
  })

  it('names what is missing on them, and the statements that grant it', async () => {
    await sql(`${TABLES} grant create on schema public to ${quoted(USER)};
      create table "__EFMigrationsHistory" ("MigrationId" varchar(150) primary key, "ProductVersion" varchar(32));
      grant select, insert, update on "Clients" to ${quoted(USER)}`)
    const rights = layer(await test(), 'rights')
    expect(rights).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/^May not use .* more tables of an earlier installation$/),
      cause: expect.stringMatching(
        /^No SELECT, INSERT, UPDATE, DELETE on ApiResourceClaims, .*; no DELETE on Clients\.$/,
      ),
    })
    await sql(rights.remedy!.sql!)
    expect(states(await test())).toMatch(GREEN)
  })

  it('tells a right that the owner has taken from himself', async () => {
    await sql(`grant create on schema public to ${quoted(USER)};
      set role ${quoted(USER)}; create table "Clients" ("Id" serial primary key, "ClientId" text);
      revoke delete on "Clients" from ${quoted(USER)}`)
    const rights = layer(await test(), 'rights')
    expect(rights.cause).toBe('No DELETE on Clients.')
    expect(rights.remedy?.sql).toMatch(/^GRANT DELETE ON public\."Clients" TO [^\n]*;$/)
  })

  it('tells a sequence that may not be used', async () => {
    await sql(`grant create on schema public to ${quoted(USER)};
      create table "Clients" ("Id" serial primary key, "ClientId" text);
      alter table "Clients" owner to former; alter sequence "Clients_Id_seq" owner to former; grant former to ${quoted(USER)}`)
    expect(layer(await test(), 'rights').state).toBe('passed')
    await sql(`revoke former from ${quoted(USER)}; grant all on "Clients" to ${quoted(USER)}`)
    const rights = layer(await test(), 'rights')
    expect(rights).toMatchObject({
      state: 'failed',
      cause: 'No USAGE of public."Clients_Id_seq" on Clients.',
    })
  })

  it('tells an event trigger that forbids to change tables', async () => {
    await sql(`grant create on schema public to ${quoted(USER)};
      create function forbid() returns event_trigger language plpgsql as $$
        begin raise insufficient_privilege using message = 'no changes here'; end $$;
      create event trigger forbid on ddl_command_start when tag in ('ALTER TABLE') execute function forbid()`)
    const rights = layer(await test(), 'rights')
    await sql('drop event trigger forbid; drop function forbid()')
    expect(rights).toMatchObject({
      state: 'failed',
      summary: 'In schema public a table could not be changed',
      driverMessage: 'ERROR 42501: no changes here',
    })
  })
})

describe('the grant script', () => {
  const wish = { provider: 'PostgreSQL', database: DATABASE, user: USER } as const

  it('makes a user without any right one that may do what the service does, also when it is run again', async () => {
    await server.sql(`revoke connect on database ${quoted(DATABASE)} from public`)
    expect(layer(await test(), 'login').state).toBe('failed')
    const { text } = grantScript(wish)
    await sql(text)
    await sql(text)
    await server.sql(`grant connect on database ${quoted(DATABASE)} to public`)
    expect(states(await test())).toMatch(GREEN)
  })

  it('hands it the tables of an earlier installation, and no others', async () => {
    await sql(`${TABLES} create table "Creatio" (x int); create table clients (x int)`)
    await sql(grantScript(wish).text)
    expect(states(await test())).toMatch(GREEN)
    await sql(`do $$ begin if (select count(*) from pg_tables where tableowner = 'postgres' and schemaname = 'public') <> 2
      then raise 'wrong owner'; end if; end $$`)
  })

  it('makes a schema of the service’s own', async () => {
    await sql(grantScript({ ...wish, schema: 'Own' }).text)
    const layers = await test('Search Path="""Own""";')
    expect(layer(layers, 'rights').summary).toBe('May create and change tables in schema Own')
  })

  it('stops in another database and without the login, and changes nothing', async () => {
    await expect(server.sql(grantScript(wish).text)).rejects.toThrow(
      'This is the database creatio. Connect to',
    )
    await expect(sql(grantScript({ ...wish, user: 'nobody' }).text)).rejects.toThrow(
      'There is no role nobody',
    )
    expect(layer(await test(), 'rights').state).toBe('failed')
  })
})
