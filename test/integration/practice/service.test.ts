import { X509Certificate, createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import type { Postgres } from '../../../electron/practice/postgres.ts'
import type { Running } from './service-under-test.ts'
import {
  askToken,
  makePfx,
  removeFolder,
  start,
  temporaryFolder,
  writeSettings,
} from './service-under-test.ts'

const ID = 'IdServiceUser123'
const SECRET = 'It"s\\My;Password{for}=Identity+&'
const OTHER_SECRET = 'AnotherPasswordForIdentityServic'
const SCOPES =
  'register_own_resource get_resource_list get_client_info find_clients remove_client update_client add_registrar_client IdentityServerApi'.split(
    ' ',
  )

let home: string
let folder: string
let postgres: Postgres
let database: pg.Client
let count = 0
let service: Running | undefined

beforeAll(async () => {
  home = await temporaryFolder()
  postgres = await startPostgres({ folder: join(home, 'postgres'), log: () => undefined })
  await makePfx(home, 'rsa')
}, 120_000)

afterAll(async () => {
  await postgres.stop()
  await removeFolder(postgres.folder)
  await removeFolder(home)
})

beforeEach(async () => {
  folder = await temporaryFolder()
  const name = `identity_${++count}`
  await withAdmin((admin) => admin.query(`CREATE DATABASE ${name}`))
  database = await connect(name)
})

afterEach(async () => {
  await service?.stop()
  service = undefined
  await database.end()
  await removeFolder(folder)
})

async function connect(name: string): Promise<pg.Client> {
  const { host, port, user, password } = postgres
  const login = new pg.Client({ host, port, user, password: password.open(), database: name })
  await login.connect()
  return login
}

async function withAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = await connect(postgres.database)
  await work(admin)
  await admin.end()
}

function client(secret: string): object {
  return {
    ClientId: ID,
    ClientName: 'MyIdentityServiceApp',
    Secrets: [secret],
    AllowedGrantTypes: ['implicit', 'client_credentials'],
    RedirectUris: ['http://localhost:8080', 'http://localhost:8080/lib', 'http://localhost:8080/lib/'],
    PostLogoutRedirectUris: ['http://localhost:8080'],
    IdentityTokenLifetime: 300,
    AccessTokenLifetime: 3600,
    Properties: { AllowedQueryParameters: JSON.stringify(['invitationHash', 'targetSubject']) },
    AllowedScopes: SCOPES,
  }
}

function settings(clients: readonly object[], pfx = join(home, 'rsa.pfx')): Record<string, unknown> {
  return {
    DbProvider: 'Postgres',
    DatabaseConnectionString: postgres.connectionString
      .open()
      .replace(/Database=[^;]+/, `Database=identity_${count}`),
    X509CertificatePath: pfx,
    IssuerUri: 'creatio.com',
    Clients: JSON.stringify(clients),
  }
}

async function up(clients: readonly object[], pfx?: string): Promise<Running> {
  await service?.stop()
  await writeSettings(folder, settings(clients, pfx))
  service = await start(folder)
  return service
}

const ask = (secret: string, more: Record<string, string> = {}) =>
  askToken(service!.origin, {
    grant_type: 'client_credentials',
    client_id: ID,
    client_secret: secret,
    ...more,
  })

async function facts(name: string): Promise<string[]> {
  const text = await readFile(new URL(`facts/${name}`, import.meta.url), 'utf8')
  return text.replace(/\n$/, '').split('\n')
}

async function rows(query: string): Promise<string[]> {
  const result = await database.query({ text: query, rowMode: 'array' })
  return result.rows.map((row: unknown[]) => row.map((cell) => cell ?? '').join('\t'))
}

test('the tables, columns, keys and indexes are those of the real engine', async () => {
  await up([client(SECRET)])
  expect(
    await rows(`SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length, is_nullable,
      column_default, is_identity, identity_generation FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY table_name COLLATE "C", ordinal_position`),
  ).toEqual((await facts('columns.tsv')).slice(1))
  expect(
    await rows(`SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f')
      ORDER BY conrelid::regclass::text COLLATE "C", conname COLLATE "C"`),
  ).toEqual((await facts('constraints.tsv')).slice(1))
  expect(
    await rows(`SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
      ORDER BY tablename COLLATE "C", indexname COLLATE "C"`),
  ).toEqual((await facts('indexes.tsv')).slice(1))
})

test('a first start seeds what the real engine seeds, a second start nothing', async () => {
  const wanted = await facts('rowcounts.tsv')
  const counts = async () => {
    const found: string[] = []
    for (const line of wanted) {
      const table = line.split('\t')[0]!
      found.push(`${table}\t${(await rows(`SELECT count(*) FROM "${table}"`))[0]}`)
    }
    return found
  }
  await up([client(SECRET)])
  expect(await counts()).toEqual(wanted)
  await up([client(SECRET)])
  expect(await counts()).toEqual(wanted)
})

test('the client row holds the hash of the secret and what the third level of the setting says', async () => {
  await up([client(SECRET)])
  const hash = createHash('sha256').update(SECRET).digest('base64')
  expect(await rows('SELECT "Value", "Type" FROM "ClientSecrets"')).toEqual([`${hash}\tSharedSecret`])
  expect(await rows('SELECT "Key", "Value" FROM "ClientProperties"')).toEqual([
    'AllowedQueryParameters\t["invitationHash","targetSubject"]',
  ])
  expect(await rows('SELECT "Scope" FROM "ClientScopes" ORDER BY "Id"')).toEqual(SCOPES)
})

test('the discovery document is the real engine’s, member for member', async () => {
  const { origin } = await up([client(SECRET)])
  const response = await fetch(`${origin}/.well-known/openid-configuration`)
  const wanted = (await facts('discovery.json')).join('\n').replaceAll('{origin}', origin)
  expect(response.status).toBe(200)
  // As text, so that the order of the members counts too.
  expect(JSON.stringify(await response.json())).toBe(JSON.stringify(JSON.parse(wanted)))
})

test('endpoints follow the host of the request, the issuer does not', async () => {
  const { origin } = await up([client(SECRET)])
  const other = origin.replace('127.0.0.1', 'localhost')
  const document = await (await fetch(`${other}/.well-known/openid-configuration`)).json()
  expect(document).toMatchObject({ issuer: 'creatio.com', token_endpoint: `${other}/connect/token` })
})

test('the key set shows the certificate of the PFX', async () => {
  const { origin } = await up([client(SECRET)])
  const body = await (await fetch(`${origin}/.well-known/openid-configuration/jwks`)).text()
  const certificate = new X509Certificate(await readFile(join(home, 'rsa.crt')))
  const thumbprint = certificate.fingerprint.replaceAll(':', '')
  const { n, e } = certificate.publicKey.export({ format: 'jwk' })
  expect(JSON.parse(body)).toEqual({
    keys: [
      {
        kty: 'RSA',
        use: 'sig',
        kid: `${thumbprint}RS256`,
        x5t: Buffer.from(thumbprint, 'hex').toString('base64url'),
        e,
        n,
        x5c: [certificate.raw.toString('base64')],
        alg: 'RS256',
      },
    ],
  })
  expect(body).not.toContain('+')
})

test('a token is signed with that key and says what the real one says', async () => {
  const { origin } = await up([client(SECRET)])
  const { status, type, body } = await ask(SECRET, { scope: 'IdentityServerApi register_own_resource' })
  expect({ status, type }).toEqual({ status: 200, type: 'application/json; charset=UTF-8' })
  expect(body).toEqual({
    access_token: expect.any(String),
    expires_in: 3600,
    token_type: 'Bearer',
    scope: 'IdentityServerApi register_own_resource',
  })
  const token = body['access_token'] as string
  const keys = await (await fetch(`${origin}/.well-known/openid-configuration/jwks`)).json()
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer: 'creatio.com',
    typ: 'at+jwt',
  })
  expect(Object.keys(decodeProtectedHeader(token))).toEqual(['alg', 'kid', 'typ', 'x5t'])
  expect(payload).toMatchObject({
    aud: 'IdentityServerApi',
    client_id: ID,
    jti: expect.stringMatching(/^[0-9A-F]{32}$/),
    scope: ['IdentityServerApi', 'register_own_resource'],
    exp: payload.nbf! + 3600,
  })
})

test('an elliptic curve signs with its own algorithm', async () => {
  const pfx = await makePfx(folder, 'ec', { key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] })
  const { origin } = await up([client(SECRET)], pfx)
  const keys = await (await fetch(`${origin}/.well-known/openid-configuration/jwks`)).json()
  expect(keys.keys[0]).toMatchObject({
    kty: 'EC',
    crv: 'P-256',
    alg: 'ES256',
    kid: expect.stringMatching(/ES256$/),
  })
  const token = (await ask(SECRET)).body['access_token'] as string
  await jwtVerify(token, createLocalJWKSet(keys))
})

test('the token endpoint refuses what the real one refuses, in the same words', async () => {
  const { origin } = await up([client(SECRET)])
  const code = { grant_type: 'client_credentials' }
  const device = 'urn:ietf:params:oauth:grant-type:device_code'
  const refusals: readonly [answer: string, form: Record<string, string>][] = [
    ['invalid_client', { client_id: 'nobody' }],
    ['invalid_client', { client_secret: 'wrong' }],
    ['invalid_client', { client_secret: 'x'.repeat(101) }],
    ['unsupported_grant_type', { grant_type: 'nonsense' }],
    ['unsupported_grant_type', { grant_type: '' }],
    ['unauthorized_client', { grant_type: 'password', username: 'a', password: 'b' }],
    ['unauthorized_client', { grant_type: 'authorization_code', code: 'x' }],
    ['unauthorized_client', { grant_type: device, device_code: 'x' }],
    ['invalid_grant', { grant_type: 'refresh_token', refresh_token: 'bogus' }],
    ['invalid_scope', { scope: 'nonsense' }],
    ['invalid_scope', { scope: 'generate_auth_code' }],
    ['invalid_scope', { scope: 'IdentityServerApi nonsense' }],
    ['invalid_scope', { scope: 'openid' }],
  ]
  for (const [error, form] of refusals)
    expect(await ask(SECRET, form), JSON.stringify(form)).toEqual({
      status: 400,
      type: 'application/json; charset=UTF-8',
      body: { error },
    })
  for (const form of [{ ...code, client_id: ID }, code])
    expect(await askToken(origin, form)).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
  for (const init of [{}, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }]) {
    const response = await fetch(`${origin}/connect/token`, init)
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: { error: 'invalid_request' },
    })
  }
})

test('Basic authentication works, a missing or empty scope means all of the client’s', async () => {
  const { origin } = await up([client(SECRET)])
  const authorization = `Basic ${Buffer.from(`${ID}:${encodeURIComponent(SECRET)}`).toString('base64')}`
  const basic = await askToken(origin, { grant_type: 'client_credentials' }, { authorization })
  expect(basic).toMatchObject({ status: 200, body: { scope: SCOPES.join(' ') } })
  expect(await ask(SECRET, { scope: '' })).toMatchObject({ status: 200, body: { scope: SCOPES.join(' ') } })
})

test('the database decides: lifetime, scopes and a switched-off client take effect at once', async () => {
  await up([client(SECRET)])
  await database.query(`UPDATE "Clients" SET "AccessTokenLifetime" = 60`)
  await database.query(`DELETE FROM "ClientScopes" WHERE "Scope" <> 'IdentityServerApi'`)
  expect((await ask(SECRET)).body).toMatchObject({ expires_in: 60, scope: 'IdentityServerApi' })
  await database.query(`UPDATE "Clients" SET "Enabled" = false`)
  expect((await ask(SECRET)).body).toEqual({ error: 'invalid_client' })
})

test('a secret edited in the file changes nothing until the client row is gone', async () => {
  await up([client(SECRET)])
  await up([client(OTHER_SECRET)])
  expect([(await ask(SECRET)).status, (await ask(OTHER_SECRET)).status]).toEqual([200, 400])

  await database.query('DELETE FROM "ClientSecrets"')
  await up([client(OTHER_SECRET)])
  expect([(await ask(SECRET)).status, (await ask(OTHER_SECRET)).status]).toEqual([400, 400])

  await database.query('DELETE FROM "Clients"')
  expect(await rows('SELECT count(*) FROM "ClientScopes"')).toEqual(['0'])
  await up([client(OTHER_SECRET)])
  expect([(await ask(SECRET)).status, (await ask(OTHER_SECRET)).status]).toEqual([400, 200])
})

test('with the database lost, discovery and tokens fail and the keys stay; it recovers by itself', async () => {
  const { origin } = await up([client(SECRET)])
  const discovery = `${origin}/.well-known/openid-configuration`
  const statuses = async () => [
    (await fetch(discovery)).status,
    (await fetch(`${discovery}/jwks`)).status,
    (await ask(SECRET)).status,
  ]
  await database.end()
  await withAdmin((admin) => admin.query(`ALTER DATABASE identity_${count} ALLOW_CONNECTIONS false`))
  await withAdmin((admin) =>
    admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      `identity_${count}`,
    ]),
  )
  expect(await statuses()).toEqual([500, 200, 500])
  await withAdmin((admin) => admin.query(`ALTER DATABASE identity_${count} ALLOW_CONNECTIONS true`))
  expect(await statuses()).toEqual([200, 200, 200])
  database = await connect(`identity_${count}`)
})

test('with https it shows the certificate of Kestrel’s setting, and endpoints say https', async () => {
  await writeSettings(folder, settings([client(SECRET)]))
  const certificate = { Kestrel__Certificates__Default__Path: join(home, 'rsa.pfx') }
  service = await start(folder, undefined, certificate, 'https')
  const trust = [await readFile(join(home, 'rsa.crt'), 'utf8')]
  const answer = await realMachine().network.http(`${service.origin}/.well-known/openid-configuration`, {
    trust,
  })
  const at = new URL((JSON.parse(answer.body) as { token_endpoint: string }).token_endpoint)
  expect([at.protocol, at.origin]).toEqual(['https:', service.origin])
})

test('SIGTERM ends it quietly', async () => {
  const running = await up([client(SECRET)])
  service = undefined
  const ended = await running.stop()
  expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(ended.stdout).toContain(`Now listening on: ${running.origin}`)
  expect(ended.stdout).toContain('Practice')
})
