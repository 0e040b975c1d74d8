import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type Postgres } from '../../electron/practice/postgres.ts'
import { buildIdentityService } from './support/archive.ts'
import { discovery, REFUSALS, SEEDED_ROWS } from './support/expected.ts'
import { makePfx } from './support/pfx.ts'
import { failToStart, startService, writeSettings, type RunningService } from './support/service-process.ts'
import { TABLES } from './support/tables.ts'

/** Under test is the double itself: it must behave as the real engine was seen to, or the other tests prove nothing. */

const CLIENT = {
  ClientId: 'IdServiceUser123',
  ClientName: 'MyIdentityServiceApp',
  Secrets: ['a"b\\c;d=e+f%g of 32 characters!!'],
  AllowedGrantTypes: ['implicit', 'client_credentials'],
  RedirectUris: ['http://localhost:8080', 'http://localhost:8080/lib', 'http://localhost:8080/lib/'],
  PostLogoutRedirectUris: ['http://localhost:8080'],
  Properties: { AllowedQueryParameters: '["invitationHash","targetSubject"]' },
  AllowedScopes: (
    'register_own_resource get_resource_list get_client_info find_clients remove_client ' +
    'update_client add_registrar_client IdentityServerApi'
  ).split(' '),
}
const SECRET = CLIENT.Secrets[0]!

let folder: string
let program: string
let database: Postgres
let pfx: string
let service: RunningService

const settings = (changed: object = {}): object => ({
  Logging: { LogLevel: { Default: 'Warning' } },
  DbProvider: 'Postgres',
  DatabaseConnectionString: database.connectionString.open(),
  X509CertificatePath: pfx,
  IssuerUri: 'creatio.com',
  Clients: JSON.stringify([CLIENT]),
  ...changed,
})

async function freshFolder(content?: object): Promise<string> {
  const fresh = await mkdtemp(join(folder, 'service-'))
  if (content) await writeSettings(fresh, content)
  return fresh
}

async function ask<Row extends object>(sql: string, name = database.database): Promise<Row[]> {
  const { host, port, user, password } = database
  const client = new pg.Client({ host, port, user, password: password.open(), database: name })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

function requestToken(
  fields: Readonly<Record<string, string | undefined>> = {},
  at = service,
): Promise<Response> {
  const good = {
    grant_type: 'client_credentials',
    client_id: CLIENT.ClientId,
    client_secret: SECRET,
    ...fields,
  }
  const sent = Object.entries(good).filter((field): field is [string, string] => field[1] !== undefined)
  return fetch(`${at.url}/connect/token`, { method: 'POST', body: new URLSearchParams(sent) })
}

async function startWith(changed: object): Promise<RunningService> {
  return startService(program, await freshFolder(settings(changed)))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-service-'))
  const built = buildIdentityService()
  database = await startPostgres({ folder: join(folder, 'postgres'), database: 'identity', log: () => {} })
  pfx = await makePfx(folder, 'signing')
  program = (await built).folder
  service = await startService(program, await freshFolder(settings()))
})

afterAll(async () => {
  await service?.stop()
  await database?.stop()
  if (database) await rm(database.folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

describe('a first start', () => {
  it('makes the 23 tables with their columns', async () => {
    const columns = await ask<{ table: string; columns: string }>(`
      SELECT table_name AS table, string_agg(column_name || ' ' ||
        CASE WHEN is_identity = 'YES' THEN 'identity'
             WHEN data_type = 'character varying' THEN 'varchar(' || character_maximum_length || ')'
             WHEN data_type = 'integer' THEN 'int'
             WHEN data_type = 'boolean' THEN 'bool'
             WHEN data_type = 'timestamp with time zone' THEN 'timestamptz'
             ELSE data_type END
        || CASE WHEN is_nullable = 'YES' THEN '?' ELSE '' END, ', ' ORDER BY ordinal_position) AS columns
      FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`)
    expect(Object.fromEntries(columns.map((row) => [row.table, row.columns]))).toEqual(TABLES)
    expect(columns).toHaveLength(23)
  })

  it('seeds resources, the client and the hash of its secret', async () => {
    const counts = await Promise.all(
      Object.keys(TABLES).map(async (table) => {
        const [row] = await ask<{ rows: number }>(`SELECT count(*)::int AS rows FROM "${table}"`)
        return [table, row!.rows] as const
      }),
    )
    expect(Object.fromEntries(counts.filter(([, rows]) => rows > 0))).toEqual(SEEDED_ROWS)
    const [secret] = await ask(
      `SELECT "Type", "Value" = encode(sha256(convert_to('${SECRET.replaceAll("'", "''")}', 'UTF8')), 'base64') AS same FROM "ClientSecrets"`,
    )
    expect(secret).toEqual({ Type: 'SharedSecret', same: true })
    const [property] = await ask('SELECT "Key", "Value" FROM "ClientProperties"')
    expect(property).toEqual({ Key: 'AllowedQueryParameters', Value: '["invitationHash","targetSubject"]' })
  })
})

describe('a running service', () => {
  it('answers the discovery document, member by member in its order', async () => {
    const response = await fetch(`${service.url}/.well-known/openid-configuration`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8')
    expect(await response.text()).toBe(JSON.stringify(discovery(service.url)))
  })

  it('publishes the key of the PFX, and signs with it', async () => {
    const text = await (await fetch(`${service.url}/.well-known/openid-configuration/jwks`)).text()
    expect(text).not.toContain('+')
    const keys = JSON.parse(text) as JSONWebKeySet
    const key = keys.keys[0]!
    expect(Object.keys(key)).toEqual(['kty', 'use', 'kid', 'x5t', 'e', 'n', 'x5c', 'alg'])
    expect(key.kid).toBe(`${Buffer.from(key.x5t!, 'base64url').toString('hex').toUpperCase()}RS256`)

    const token = (await (await requestToken()).json()) as { access_token: string }
    const { protectedHeader } = await jwtVerify(token.access_token, createLocalJWKSet(keys), {
      issuer: 'creatio.com',
      audience: 'IdentityServerApi',
    })
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: key.kid, x5t: key.x5t, typ: 'at+jwt' })
  })

  it('issues the scopes asked for, and all of the client when none is named', async () => {
    const named = await requestToken({ scope: 'register_own_resource IdentityServerApi' })
    const answer = (await named.json()) as { access_token: string }
    expect(answer).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'IdentityServerApi register_own_resource',
    })
    const claims = decodeJwt(answer.access_token)
    expect(Object.keys(claims)).toEqual(['nbf', 'exp', 'iss', 'aud', 'client_id', 'jti', 'iat', 'scope'])
    expect(claims['scope']).toEqual(['IdentityServerApi', 'register_own_resource'])
    expect(claims.jti).toMatch(/^[0-9A-F]{32}$/)
    expect(claims.exp! - claims.nbf!).toBe(3600)

    for (const scope of [undefined, '']) {
      const { scope: given } = (await (await requestToken({ scope })).json()) as { scope: string }
      expect(given.split(' ').sort()).toEqual([...CLIENT.AllowedScopes].sort())
    }
  })

  it('takes the client by Basic authentication', async () => {
    const pair = [CLIENT.ClientId, SECRET].map(encodeURIComponent).join(':')
    const response = await fetch(`${service.url}/connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    expect(response.status).toBe(200)
  })

  it.each(REFUSALS)('refuses %s', async (_name, fields, error) => {
    const response = await requestToken(fields)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8')
    expect(await response.text()).toBe(JSON.stringify({ error }))
  })

  it.each([
    ['GET', {}],
    [
      'POST',
      { headers: { 'content-type': 'application/json' }, body: '{"grant_type":"client_credentials"}' },
    ],
  ])('refuses a %s without a form', async (method, init) => {
    const response = await fetch(`${service.url}/connect/token`, { method, ...init })
    expect([response.status, await response.text()]).toEqual([400, '{"error":"invalid_request"}'])
  })

  it('keeps the secret of the first start when the settings change', async () => {
    const edited = { ...CLIENT, Secrets: ['another secret of 32 characters!'] }
    const again = await startWith({ Clients: JSON.stringify([edited]) })
    try {
      expect((await requestToken({}, again)).status).toBe(200)
      expect((await requestToken({ client_secret: edited.Secrets[0]! }, again)).status).toBe(400)
    } finally {
      await again.stop()
    }
  })

  it('loses discovery and tokens with the database, not its keys, and recovers by itself', async () => {
    const status = async (): Promise<number[]> => [
      (await fetch(`${service.url}/.well-known/openid-configuration`)).status,
      (await fetch(`${service.url}/.well-known/openid-configuration/jwks`)).status,
      (await requestToken()).status,
    ]
    await database.stop()
    expect(await status()).toEqual([500, 200, 500])
    database = await startPostgres({ folder: join(folder, 'postgres'), database: 'identity', log: () => {} })
    await expect.poll(status).toEqual([200, 200, 200])
  })
})

it('takes PostgresConnection when DatabaseConnectionString is empty, and ends on SIGTERM with 0', async () => {
  const other = await startWith({
    DatabaseConnectionString: '',
    PostgresConnection: database.connectionString.open(),
  })
  expect((await other.stop()).code).toBe(0)
})

it('starts with an EC key and RS256 as older builds do, and fails at each token', async () => {
  const curve = await startWith({
    X509CertificatePath: await makePfx(folder, 'curve', { key: 'ec' }),
    SigningAlgorithm: 'RS256',
  })
  try {
    const { keys } = (await (
      await fetch(`${curve.url}/.well-known/openid-configuration/jwks`)
    ).json()) as JSONWebKeySet
    expect(keys[0]).toMatchObject({ kty: 'EC', alg: 'RS256' })
    const response = await requestToken({}, curve)
    expect([response.status, await response.text()]).toEqual([500, ''])
  } finally {
    await curve.stop()
  }
})

it('signs with the curve of an EC key, whose entry has no certificate, and can advertise https', async () => {
  const X509CertificatePath = await makePfx(folder, 'curve', { key: 'ec' })
  const curve = await startWith({ X509CertificatePath, ForceHttpsSchemeInRequests: true })
  try {
    const document = await fetch(`${curve.url}/.well-known/openid-configuration`)
    expect(await document.json()).toMatchObject({
      token_endpoint: `${curve.url.replace('http:', 'https:')}/connect/token`,
      id_token_signing_alg_values_supported: ['ES256'],
    })
    const keys = (await (
      await fetch(`${curve.url}/.well-known/openid-configuration/jwks`)
    ).json()) as JSONWebKeySet
    expect(Object.keys(keys.keys[0]!)).toEqual(['kty', 'use', 'kid', 'alg', 'x', 'y', 'crv'])
    const token = (await (await requestToken({}, curve)).json()) as { access_token: string }
    await jwtVerify(token.access_token, createLocalJWKSet(keys), { issuer: 'creatio.com' })
  } finally {
    await curve.stop()
  }
})

describe('a start that fails ends with exit code 134 and says on standard error', () => {
  /** `first` is the exception's type, `then` what must stand somewhere behind it. */
  async function expectFailure(
    content: object | undefined,
    first: string,
    then = '',
    port?: number,
  ): Promise<void> {
    const { code, stderr } = await failToStart(program, await freshFolder(content), port)
    expect(stderr).toMatch(new RegExp(`^Unhandled exception\\. [\\w.+]*${first}`))
    expect(stderr).toContain(then)
    expect(code).toBe(134)
  }

  it('a PFX that is not there, has a password, or no key', async () => {
    const missing = { X509CertificatePath: join(folder, 'missing.pfx') }
    const locked = { X509CertificatePath: await makePfx(folder, 'locked', { password: 'secret' }) }
    const keyless = { X509CertificatePath: await makePfx(folder, 'keyless', { withKey: false }) }
    await expectFailure(settings(missing), 'OpenSslCryptographicException', 'no such file')
    await expectFailure(
      settings(locked),
      'CryptographicException',
      'cannot be read with the provided password',
    )
    await expectFailure(settings(keyless), 'InvalidOperationException', 'does not have a private key.')
  })

  it('another working folder, and settings that are not JSON', async () => {
    await expectFailure(undefined, 'ArgumentNullException', "(Parameter 'fileName')")
    const broken = await freshFolder(settings())
    await writeFile(join(broken, 'appsettings.json'), '{ "DbProvider": ')
    expect((await failToStart(program, broken)).stderr).toMatch(
      /^Unhandled exception\. System\.IO\.InvalidDataException/,
    )
  })

  /** Of a login without rights; `{at}` stands for the test server, up to the database's name. */
  it.each([
    [
      'down',
      'Server=127.0.0.1;Port=9;Database=a;User ID=b;Password=c',
      'InvalidOperationException',
      'refused',
    ],
    ['another password', '{at}identity;User ID=weak;Password=wrong', 'PostgresException', '28P01: password'],
    [
      'no right to tables',
      '{at}template1;User ID=weak;Password=weak',
      'PostgresException',
      'denied for schema',
    ],
    ['missing', '{at}nowhere;User ID=weak;Password=weak', 'PostgresException', 'denied to create database'],
    ['of SQL Server', 'Data Source=srv; Initial Catalog=db', 'ArgumentException', "Couldn't set data source"],
  ])('a database: %s', async (_name, connection, type, text) => {
    const at = `Server=127.0.0.1;Port=${database.port};Database=`
    await ask("DROP ROLE IF EXISTS weak; CREATE ROLE weak LOGIN PASSWORD 'weak'")
    const DatabaseConnectionString = connection.replace('{at}', at)
    await expectFailure(settings({ DatabaseConnectionString }), type, text)
  })

  it('a provider this build does not know', async () => {
    await expectFailure(settings({ DbProvider: 'Oracle' }), 'NotSupportedException', "'Oracle'")
  })

  it.each([
    ['hello', 'Newtonsoft.Json.JsonReaderException', 'Unexpected character'],
    ['{"ClientId":"x"}', 'Newtonsoft.Json.JsonSerializationException', 'requires a JSON array'],
    ['[{}]', 'Microsoft.EntityFrameworkCore.DbUpdateException', 'null value in column "ClientId"'],
  ])('Clients of %s', async (clients, type, text) => {
    await expectFailure(settings({ Clients: clients }), type, text)
  })

  it('a port that is taken', async () => {
    await expectFailure(settings(), 'IOException: Failed to bind', 'Address already in use', database.port)
  })
})
