import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readContents, type ContentsOptions } from '../../../electron/database/contents.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { CLIENT_TABLES } from '../../../electron/practice/service/schema/clients.ts'
import { GRANT_TABLES } from '../../../electron/practice/service/schema/grants.ts'
import { RESOURCE_TABLES } from '../../../electron/practice/service/schema/resources.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import type { DatabaseContentsView } from '../../../electron/contract/database.ts'
import { layer, startServer, type TestServer } from './fixtures.ts'

const machine = realMachine()
const SECRET = new Secret('canary-secret ж')
const HASH = createHash('sha256').update(SECRET.open(), 'utf8').digest('base64')
let server: TestServer

beforeAll(async () => {
  server = await startServer()
  await server.sql(`create role service login password 'right'`)
})

afterAll(() => server.remove())

beforeEach(() => server.sql('drop schema public cascade; create schema public authorization service'))

const TABLES = `set role service; ${RESOURCE_TABLES}; ${CLIENT_TABLES}; ${GRANT_TABLES};
  create table "__EFMigrationsHistory" ("MigrationId" varchar(150) primary key, "ProductVersion" varchar(32));
  insert into "__EFMigrationsHistory" values ('20230102_B', '6.0.9'), ('20200101_A', '3.1.0');`

function client(id: string, more = ''): string {
  return `insert into "Clients" select * from jsonb_populate_record(null::"Clients",
    (select jsonb_object_agg(column_name, case data_type when 'boolean' then 'true'::jsonb when 'integer' then '1'::jsonb
       when 'timestamp with time zone' then '"2026-01-02T03:04:05.123456Z"'::jsonb else '"x"'::jsonb end)
     from information_schema.columns where table_name = 'Clients')
    || jsonb_build_object('Id', nextval(pg_get_serial_sequence('"Clients"', 'Id')), 'ClientId', '${id}') ${more});`
}

const SECRET_ROW = `insert into "ClientSecrets" ("Type", "Value", "Created", "ClientId") select 'SharedSecret', '${HASH}', now(), max("Id") from "Clients";`

async function look(options: ContentsOptions = {}): Promise<DatabaseContentsView> {
  const target = { provider: 'PostgreSQL', connectionString: server.as('service', 'right') } as const
  const contents = await readContents(machine, target, options)
  expect(JSON.stringify(contents)).not.toMatch(/canary/)
  expect(JSON.stringify(contents)).not.toContain(HASH)
  return contents
}

const MINE = { client: { id: 'mine', secret: SECRET } }

describe('what a database holds', () => {
  it('is nothing, beside Creatio’s own tables or alone', async () => {
    expect(await look()).toMatchObject({ verdict: 'new', schema: 'none', clients: [], migrations: [] })
    expect((await look()).meaning).not.toContain('Creatio')
    await server.sql('create table "SysUser" (x int)')
    expect(await look()).toMatchObject({ verdict: 'new', meaning: expect.stringContaining('Creatio’s own') })
  })

  it('is an earlier installation, with its history and its clients', async () => {
    await server.sql(`${TABLES} ${client('mine')} ${SECRET_ROW}
      insert into "ClientScopes" ("Scope", "ClientId") select 'a', max("Id") from "Clients"`)
    expect(await look(MINE)).toMatchObject({
      verdict: 'reuse',
      summary:
        '23 tables of the service, 1 client: an earlier installation with the client mine, whose secret is the same.',
      schema: 'v4',
      missing: [],
      migrations: [
        { id: '20200101_A', productVersion: '3.1.0' },
        { id: '20230102_B', productVersion: '6.0.9' },
      ],
      clients: [
        {
          id: 'mine',
          name: 'x',
          enabled: true,
          scopes: ['a'],
          grantTypes: [],
          redirectUris: [],
          created: '2026-01-02T03:04:05.123Z',
          secret: 'matches',
        },
      ],
    })
  })

  it('is this client with another secret, without one, or with one that was not compared', async () => {
    await server.sql(`${TABLES} ${client('mine')}`)
    expect(await look(MINE)).toMatchObject({ verdict: 'client-differs', clients: [{ secret: 'none' }] })
    await server.sql(`set role service; ${SECRET_ROW}`)
    expect(await look({ client: { id: 'mine', secret: new Secret('else') } })).toMatchObject({
      verdict: 'client-differs',
      clients: [{ secret: 'differs' }],
    })
    expect(await look({ client: { id: 'mine' } })).toMatchObject({
      verdict: 'client-differs',
      clients: [{ secret: 'not-compared' }],
    })
  })

  it('is another service’s, and says of a client that is disabled', async () => {
    await server.sql(`${TABLES} ${client('theirs')} ${SECRET_ROW}`)
    expect(await look(MINE)).toMatchObject({
      verdict: 'other-service',
      clients: [{ id: 'theirs', secret: 'not-compared' }],
    })
    await server.sql(`set role service; ${client('mine', `|| '{"Enabled": false}'`)} ${SECRET_ROW}`)
    expect(await look(MINE)).toMatchObject({ verdict: 'reuse', meaning: expect.stringContaining('disabled') })
  })

  it('is not complete, also without the tables of clients’ rows', async () => {
    await server.sql(
      `${TABLES} ${client('mine')} drop table "ClientScopes", "ClientSecrets", "ClientRedirectUris", "DeviceCodes"`,
    )
    expect(await look(MINE)).toMatchObject({
      verdict: 'incomplete',
      schema: 'partly',
      missing: expect.arrayContaining(['DeviceCodes']),
      clients: [{ id: 'mine', secret: 'none' }],
    })
  })

  it('is said by the connection test in one line', async () => {
    await server.sql(TABLES)
    const target = { provider: 'PostgreSQL', connectionString: server.as('service', 'right') } as const
    const { summary } = layer(await testConnection(machine, target), 'schema')
    expect(summary).toBe('23 tables of the service, 0 clients, from an earlier installation')
    expect((await look()).summary).toBe(
      '23 tables of the service, 0 clients: an earlier installation without clients.',
    )
  })

  it('cannot be told without the right to read it', async () => {
    await server.sql(
      `${TABLES} reset role; alter table "Clients" owner to postgres; revoke all on "Clients" from service`,
    )
    await expect(look(MINE)).rejects.toMatchObject({
      problem: { code: 'database.read', next: expect.stringContaining('grant script') },
    })
  })

  it('is not waited for when it is cancelled', async () => {
    await expect(look({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      problem: { code: 'database.open' },
    })
  })
})
