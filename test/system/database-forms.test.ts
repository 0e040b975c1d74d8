import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { driversOf } from '../../electron/service/drivers.ts'
import { startServer, type TestServer } from '../integration/database/fixtures.ts'
import { makeCertificates, type Certificates } from '../integration/database/sql-server-fixtures.ts'
import { buildIdentityService } from './support/archive.ts'
import {
  inPairs,
  outcomeOf,
  type Outcome,
  type SeededClient,
  type ServiceUnderTest,
} from './support/form-outcomes.ts'
import { makePfx } from './support/pfx.ts'

/**
 * The real service with each kind of PostgreSQL connection string: it accepts, starts and seeds with what our test calls
 * good, and does not start with what it calls bad.
 */
vi.setConfig({ hookTimeout: 480_000 })

const CLIENT: SeededClient = {
  ClientId: 'forms',
  Secrets: ['canary'],
  AllowedGrantTypes: ['client_credentials'],
  AllowedScopes: ['find_clients', 'IdentityServerApi'],
}
const PASSWORD = `p;a=s's "w"{é}`
const ODD_USER = `odd "user";x='y`
const inDouble = `"${PASSWORD.replaceAll('"', '""')}"`
const inSingle = `'${PASSWORD.replaceAll("'", "''")}'`
const ODD = `"${ODD_USER.replaceAll('"', '""')}"`

/** `{at}` is `127.0.0.1`, `{port}` the server's; each form has a database `{db}` of its own. */
const GOOD: Readonly<Record<string, string>> = {
  'Creatio’s file': `Server={at};Port={port};Database={db};User ID=identity;password=${inDouble};Timeout=500; CommandTimeout=400;MaxPoolSize=1024;`,
  'Npgsql’s spelling': `Host=localhost;Port={port};Database={db};Username=identity;Password=${inDouble}`,
  'a password in single quotes': `Host={at};Port={port};Database={db};Username=identity;Password=${inSingle};Application Name=x`,
  'a user that needs quotes': `Host={at};Port={port};Database={db};Username=${ODD};Password=${inDouble}`,
  'port beside the host': `Host={at}:{port};Port=1;Database={db};Uid=identity;Pwd=${inDouble}`,
  'repeated and empty keywords': `Host=other;Host={at};Port={port};Database=other;DB={db};Username=identity;Password=x;PSW=${inDouble};SSL Mode=;Pooling=`,
  'words of SQL Server': `Data Source={at};Port={port};Initial Catalog={db};User ID=identity;Password=${inDouble};Async=true;MultipleActiveResultSets=True`,
  'without TLS': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};SSL Mode=Disable;Pooling=false`,
  'TLS, unchecked': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};SSL Mode=Require`,
  'TLS, checked by its authority': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};SSL Mode=VerifyCA;Root Certificate={ca}`,
  'TLS, checked with its name': `Host=localhost;Port={port};Database={db};Username=identity;Password=${inDouble};sslmode=verifyfull;RootCertificate={ca}`,
  'words of other programs': `Host=localhost;Port={port};Database={db};Username=identity;Password=${inDouble};ssl_mode=verify-full;sslrootcert={ca}`,
  'a login that is bound to TLS': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};Channel Binding=Require;SSL Mode=Require;Require Auth=ScramSHA256`,
  'TLS that begins at once': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};SSL Mode=Require;SSL Negotiation=Direct;Timezone=Europe/Nicosia;Client Encoding=UTF8`,
  'a schema by Search Path': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};Search Path=own`,
  'a schema by Options': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};Options=-c search_path=own`,
  'pools and time-outs': `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};Minimum Pool Size=1;Maximum Pool Size=2;Timeout=0;Command Timeout=0;Connection Idle Lifetime=15;Keepalive=30;Max Auto Prepare=10`,
}

const LOGIN = `Host={at};Port={port};Database={db};Username=identity;Password=${inDouble};`
/** With what the service says. */
const BAD: Readonly<Record<string, readonly [text: string, stderr: RegExp]>> = {
  'a wrong password': [`${LOGIN}Password=wrong`, /28P01/],
  'a database that is not there': [
    `${LOGIN}Database=nowhere`,
    /42501: permission denied to create database|3D000/,
  ],
  'a schema of others': [`${LOGIN}Database=postgres`, /42501: permission denied for schema public/],
  'a closed port': [`${LOGIN}Port=9`, /refused/],
  'a certificate that is not trusted': [`${LOGIN}Host=localhost;SSL Mode=VerifyFull`, /certificate/i],
  'a certificate with another name': [`${LOGIN}SSL Mode=VerifyFull;Root Certificate={ca}`, /certificate/i],
  'a login that is to be bound and has no TLS': [
    `${LOGIN}Channel Binding=Require;SSL Mode=Disable`,
    /SCRAM-SHA-256-PLUS/,
  ],
  'a way of logging in that the server does not ask for': [`${LOGIN}Require Auth=MD5`, /not allowed/],
  'a time zone that is none': [`${LOGIN}Timezone=Nowhere/Nothing`, /22023/],
  'an encoding that is none': [`${LOGIN}Client Encoding=KLINGON`, /22023/],
  'a password that each reads in another way': [`${LOGIN}Username=odd;Password=❤\ufe0f`, /28P01/],
  'a keyword that nobody knows': [`${LOGIN}Serach Path=own`, /Couldn't set serach path/],
  'a time-out out of range': [`${LOGIN}Timeout=5000`, /Couldn't set timeout/],
  'pool sizes that exclude each other': [`${LOGIN}Minimum Pool Size=9;Maximum Pool Size=3`, /Max Pool Size/],
  'a quote that does not close': [`${LOGIN}Search Path="own`, /Format of the initialization string/],
}

let folder: string
let certificates: Certificates
let server: TestServer
let service: ServiceUnderTest
let outcomes: ReadonlyMap<string, Outcome>

const good = Object.keys(GOOD)
const databaseOf = (name: string): string => `form${good.indexOf(name)}`

function textOf(name: string): string {
  return (GOOD[name] ?? BAD[name]![0])
    .replaceAll('{at}', server.host)
    .replaceAll('{port}', String(server.port))
    .replaceAll('{db}', name in GOOD ? databaseOf(name) : 'spare')
    .replaceAll('{ca}', certificates.caFile)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-forms-'))
  certificates = await makeCertificates()
  const built = buildIdentityService()
  server = await startServer(certificates.issued)
  const literal = `'${PASSWORD.replaceAll("'", "''")}'`
  await server.sql(`CREATE ROLE identity LOGIN PASSWORD ${literal}`)
  await server.sql(`CREATE ROLE odd LOGIN PASSWORD '❤\ufe0f' IN ROLE identity`)
  await server.sql(
    `CREATE ROLE "${ODD_USER.replaceAll('"', '""')}" LOGIN PASSWORD ${literal} IN ROLE identity`,
  )
  for (const database of [...good.map(databaseOf), 'spare']) {
    await server.sql(`CREATE DATABASE ${database} OWNER identity`)
    await server.sql('CREATE SCHEMA own AUTHORIZATION identity', database)
  }
  const program = (await built).folder
  service = {
    program,
    folder,
    pfx: await makePfx(folder, 'signing'),
    client: CLIENT,
    drivers: driversOf(await readFile(join(program, 'IdentityService.deps.json'))),
  }
  outcomes = await inPairs([...good, ...Object.keys(BAD)], (name) =>
    outcomeOf(service, 'PostgreSQL', textOf(name)),
  )
})

afterAll(async () => {
  await server?.remove()
  await certificates?.remove()
  await rm(folder, { recursive: true, force: true })
})

/** In which schema the clients are, and how many. */
async function seeded(database: string): Promise<{ schema: string; clients: number }> {
  const { host, port, user, password } = server
  const client = new pg.Client({ host, port, user, password: password.open(), database })
  await client.connect()
  try {
    const { rows } = await client.query<{ schema: string }>(
      `SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'Clients'`,
    )
    const schema = rows[0]?.schema ?? ''
    const counted = await client.query<{ count: number }>(`SELECT count(*)::int FROM "${schema}"."Clients"`)
    return { schema, clients: counted.rows[0]!.count }
  } finally {
    await client.end()
  }
}

it('the drivers are those that the build brings', () => {
  expect(service.drivers).toMatchObject({
    npgsql: expect.stringMatching(/^10\./),
    sqlClient: { package: 'Microsoft.Data.SqlClient' },
  })
})

describe('a PostgreSQL connection string that our test calls good', () => {
  it.each(good)('starts and seeds the service: %s', async (name) => {
    expect(outcomes.get(name)).toEqual({ green: true, why: '', starts: true, token: true, stderr: '' })
    expect(await seeded(databaseOf(name))).toEqual({
      schema: name.startsWith('a schema') ? 'own' : 'public',
      clients: 1,
    })
  })
})

describe('a PostgreSQL connection string that our test calls bad', () => {
  it.each(Object.keys(BAD))('does not start it: %s', (name) => {
    const { green, why, starts, stderr } = outcomes.get(name)!
    expect({ green, starts }).toEqual({ green: false, starts: false })
    expect(why).not.toBe('')
    expect(stderr).toMatch(BAD[name]![1])
    expect(why).not.toContain(PASSWORD)
  })
})
