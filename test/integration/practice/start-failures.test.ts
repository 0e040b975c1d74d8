import { copyFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import type { Postgres } from '../../../electron/practice/postgres.ts'
import { freePort } from '../../free-port.ts'
import {
  askToken,
  makePfx,
  removeFolder,
  start,
  startToFail,
  temporaryFolder,
  writeSettings,
} from './service-under-test.ts'

/** First words on standard error, as a real engine was seen to leave them. */
const WORDS = {
  brokenSettings: 'System.IO.InvalidDataException: Failed to load configuration from file',
  noFileName: `System.ArgumentNullException: Value cannot be null. (Parameter 'fileName')`,
  missingPfx: 'Interop+Crypto+OpenSslCryptographicException: error:10000080:BIO routines::no such file',
  passwordPfx: `System.Security.Cryptography.CryptographicException: The certificate data cannot be read with the provided password, the password may be incorrect.`,
  garbagePfx: 'System.Security.Cryptography.CryptographicException: ASN1 corrupted data.',
  emptyPfx:
    'System.Security.Cryptography.CryptographicException: Error occurred during a cryptographic operation.',
  noKey: 'System.InvalidOperationException: X509 certificate does not have a private key.',
  provider: `System.NotSupportedException: DbProvider 'MsSqlServer' is not supported by this build`,
  garbageString:
    'System.ArgumentException: Format of the initialization string does not conform to specification',
  sqlServerString: `System.ArgumentException: Couldn't set data source (Parameter 'data source')`,
  transient:
    'System.InvalidOperationException: An exception has been raised that is likely due to a transient failure.',
  noPassword:
    'Npgsql.NpgsqlException (0x80004005): No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)',
  wrongPassword:
    'Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user "postgres"',
  clientsPlain: `Newtonsoft.Json.JsonReaderException: Unexpected character encountered while parsing value: h. Path '', line 0, position 0.`,
  clientsObject:
    'Newtonsoft.Json.JsonSerializationException: Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type',
  clientsSecrets: `Newtonsoft.Json.JsonSerializationException: Error converting value "notarray" to type 'System.Collections.Generic.List\`1[System.String]'. Path '[0].Secrets', line 1, position 40.`,
  clientsEnd: `Newtonsoft.Json.JsonSerializationException: Unexpected end when deserializing object. Path '[0].ClientId', line 1, position 14.`,
  clientsNoId:
    'Microsoft.EntityFrameworkCore.DbUpdateException: An error occurred while saving the entity changes.',
  portInUse: 'System.IO.IOException: Failed to bind to address http://127.0.0.1:',
}

let home: string
let folder: string
let postgres: Postgres
const pfx: Record<string, string> = {}

beforeAll(async () => {
  home = await temporaryFolder()
  postgres = await startPostgres({ folder: join(home, 'postgres'), log: () => undefined })
  pfx['good'] = await makePfx(home, 'good')
  pfx['password'] = await makePfx(home, 'password', { password: 'secret' })
  pfx['noKey'] = await makePfx(home, 'no-key', { withKey: false })
  pfx['certificate'] = join(home, 'good.crt')
  pfx['missing'] = join(home, 'nowhere.pfx')
  pfx['garbage'] = join(home, 'garbage.pfx')
  pfx['empty'] = join(home, 'empty.pfx')
  await writeFile(pfx['garbage'], 'this is no certificate')
  await writeFile(pfx['empty'], '')
}, 120_000)

afterAll(async () => {
  await postgres.stop()
  await removeFolder(postgres.folder)
  await removeFolder(home)
})

beforeEach(async () => {
  folder = await temporaryFolder()
})

afterEach(async () => {
  await removeFolder(folder)
})

function settings(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    DbProvider: 'Postgres',
    DatabaseConnectionString: postgres.connectionString.open(),
    X509CertificatePath: pfx['good'],
    IssuerUri: 'creatio.com',
    Clients: '[]',
    ...more,
  }
}

function connection(change: (text: string) => string): Record<string, unknown> {
  return { DatabaseConnectionString: change(postgres.connectionString.open()) }
}

async function fails(words: string, more: Record<string, unknown> | string): Promise<string> {
  await writeSettings(folder, typeof more === 'string' ? more : settings(more))
  const { exitCode, stdout, stderr } = await startToFail(folder)
  expect(stderr).toMatch(/^Unhandled exception\. /)
  expect(stderr.split('\n')[0]).toContain(words)
  expect(stderr).toContain('   at IdentityService.Program.Main(String[] args)')
  expect({ exitCode, stdout }).toEqual({ exitCode: 134, stdout: '' })
  return stderr
}

test.each([
  ['password', WORDS.passwordPfx],
  ['missing', WORDS.missingPfx],
  ['garbage', WORDS.garbagePfx],
  ['empty', WORDS.emptyPfx],
  ['noKey', WORDS.noKey],
  ['certificate', WORDS.noKey],
])('a PFX that is no use (%s)', async (name, words) => {
  await fails(words, { X509CertificatePath: pfx[name] })
})

test('settings that are no JSON, by file, line and cause', async () => {
  const stderr = await fails(WORDS.brokenSettings, '{\n  "X509CertificatePath": "C:\\Program\\x.pfx"\n}')
  expect(stderr).toContain(`'${join(folder, 'appsettings.json')}'.`)
  expect(stderr).toContain(
    ` ---> System.Text.Json.JsonReaderException: 'P' is an invalid escapable character within a JSON string. The string should be correctly escaped. LineNumber: 1 | BytePositionInLine: 29.`,
  )
})

test('settings that end too early', async () => {
  const stderr = await fails(WORDS.brokenSettings, '{ "DbProvider": "Postgres",\n')
  expect(stderr).toContain('but instead reached end of data. LineNumber: 1 | BytePositionInLine: 0.')
})

test('the same key twice in two spellings', async () => {
  const stderr = await fails(WORDS.brokenSettings, '{ "Clients": "", "clients": "" }')
  expect(stderr).toContain(`System.FormatException: A duplicate key 'clients' was found.`)
})

test('no settings at all', async () => {
  const { stderr, exitCode } = await startToFail(folder)
  expect(stderr).toContain(WORDS.noFileName)
  expect(exitCode).toBe(134)
})

test('a provider that this build does not know', async () => {
  await fails(WORDS.provider, { DbProvider: 'MsSqlServer' })
})

test.each([
  [
    'the wrong password',
    WORDS.wrongPassword,
    (text: string) => text.replace(/Password=[^;]+/, 'Password=wrong'),
  ],
  ['no password', WORDS.noPassword, (text: string) => text.replace(/Password=[^;]+;/, '')],
  ['text that is no connection string', WORDS.garbageString, () => 'nonsense'],
  [
    'a SQL Server string',
    WORDS.sqlServerString,
    () => 'Data Source=.; Initial Catalog=x; Integrated Security=SSPI',
  ],
  ['a closed port', WORDS.transient, (text: string) => text.replace(/Port=\d+/, 'Port=1')],
  [
    'an unknown host',
    WORDS.transient,
    (text: string) => text.replace(/Server=[^;]+/, 'Server=nowhere.invalid'),
  ],
])('%s', async (_, words, change) => {
  const stderr = await fails(words, connection(change))
  expect(stderr).not.toContain(postgres.password.open())
})

test.each([
  ['plain text', WORDS.clientsPlain, 'hello'],
  ['an object', WORDS.clientsObject, '{"ClientId":"x"}'],
  ['secrets that are no list', WORDS.clientsSecrets, '[{"ClientId":"x123","Secrets":"notarray"}]'],
  ['text that ends too early', WORDS.clientsEnd, '[{"ClientId":1'],
  ['a client without an id', WORDS.clientsNoId, '[{"Secrets":["x"]}]'],
])('clients: %s', async (_, words, clients) => {
  await fails(words, { Clients: clients })
})

test('a refused client leaves nothing behind, the tables stay', async () => {
  await fails(WORDS.clientsNoId, { Clients: '[{"ClientId":"kept-out"},{"Secrets":["x"]}]' })
  const { host, port, user, password, database } = postgres
  const login = new pg.Client({ host, port, user, password: password.open(), database })
  await login.connect()
  const found = await login.query(`SELECT 1 FROM "Clients" WHERE "ClientId" = 'kept-out'`)
  await login.end()
  expect(found.rowCount).toBe(0)
})

test('a login that may not create tables', async () => {
  const { host, port, user, password, database } = postgres
  const admin = new pg.Client({ host, port, user, password: password.open(), database })
  await admin.connect()
  await admin.query(`CREATE ROLE reader LOGIN PASSWORD 'reader'`)
  await admin.query('CREATE DATABASE guarded')
  await admin.end()
  const text = `Host=${host};Port=${port};Username=reader;Password=reader`
  const tables = await fails('42501: permission denied for schema public', {
    DatabaseConnectionString: `${text};Database=guarded`,
  })
  expect(tables).toContain('Npgsql.PostgresException (0x80004005)')
  await fails('42501: permission denied to create database', {
    DatabaseConnectionString: `${text};Database=not_there`,
  })
})

test('a port that another program holds', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await writeSettings(folder, settings())
  const { exitCode, stderr } = await startToFail(folder, port)
  await new Promise((resolve) => other.close(resolve))
  expect(stderr).toContain(`${WORDS.portInUse}${port}: address already in use.`)
  expect(stderr).toContain(
    ' ---> Microsoft.AspNetCore.Connections.AddressInUseException: Address already in use',
  )
  expect(exitCode).toBe(134)
})

test('what is no failure: comments, a trailing comma, UTF-16, single quotes, a missing database, a relative path', async () => {
  await copyFile(pfx['good']!, join(folder, 'openssl.pfx'))
  const database = postgres.connectionString.open().replace(/Database=[^;]+/, 'Database=made_by_service')
  const clients = `[{ClientId: 'single', 'Secrets': ['quoted'], AllowedGrantTypes: ['client_credentials'], AllowedScopes: ['IdentityServerApi'],}]`
  const text = `\uFEFF{
    // filled in by hand
    "dbprovider": "postgres",
    "DatabaseConnectionString": ${JSON.stringify(database)},
    "X509CertificatePath": "openssl.pfx", /* beside the program */
    "Clients": ${JSON.stringify(clients)},
  }`
  await writeSettings(folder, Buffer.from(text, 'utf16le'))
  const service = await start(folder)
  const answer = await askToken(service.origin, {
    grant_type: 'client_credentials',
    client_id: 'single',
    client_secret: 'quoted',
  })
  await service.stop()
  expect(answer).toMatchObject({ status: 200, body: { scope: 'IdentityServerApi' } })
})

test('an environment variable wins over the file', async () => {
  await writeSettings(folder, settings({ X509CertificatePath: pfx['missing'] }))
  const service = await start(folder, await freePort(), {
    X509CertificatePath: pfx['good']!,
    IssuerUri: 'elsewhere',
  })
  const document = await (await fetch(`${service.origin}/.well-known/openid-configuration`)).json()
  await service.stop()
  expect(document).toMatchObject({ issuer: 'elsewhere' })
})
