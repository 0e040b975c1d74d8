import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { layer, listen, startServer, states, type TestServer } from './fixtures.ts'
import { makeCertificates, type Certificates } from './sql-server-fixtures.ts'

/** Where Npgsql does otherwise than the driver of this program would by itself, the test has to go by Npgsql. */
const run = promisify(execFile)
let certificates: Certificates
let server: TestServer

beforeAll(async () => {
  certificates = await makeCertificates()
  server = await startServer(certificates.issued)
  await server.sql(`CREATE ROLE identity LOGIN PASSWORD 'right'; GRANT CREATE ON SCHEMA public TO identity`)
})

afterAll(async () => {
  await server?.remove()
  await certificates?.remove()
})

afterEach(() => vi.unstubAllEnvs())

function test(
  more: string,
  port = server.port,
  password = 'Password=right;',
): Promise<readonly LayerResult[]> {
  const text = `Host=localhost;Port=${port};Database=creatio;Username=identity;${password}${more}`
  return testConnection(
    realMachine(),
    { provider: 'PostgreSQL', connectionString: new Secret(text) },
    { timeoutMs: 30_000 },
  )
}

describe('what is sent when a session begins', () => {
  it.each(['Timezone=Nowhere/Nothing', 'Client Encoding=KLINGON', 'Options=-c no_such_setting=1'])(
    'is refused by the server as it refuses Npgsql: %s',
    async (more) => {
      const layers = await test(more)
      expect(states(layers)).toMatch(/login failed, server not-tried/)
      expect(layer(layers, 'login').remedy?.text).toMatch(/^(Correct the setting|Show)/)
    },
  )

  it.each(['Timezone=Europe/Nicosia', 'Client Encoding=LATIN1', `SearchPath='public, "$user"'`])(
    'is taken: %s',
    async (more) => expect(states(await test(more))).not.toMatch(/failed|not-tried/),
  )

  it('is nothing from the environment of this program, which the service has not', async () => {
    vi.stubEnv('PGOPTIONS', '-c default_transaction_read_only=on')
    vi.stubEnv('PGSSLNEGOTIATION', 'direct')
    expect(states(await test('SSL Mode=Disable'))).not.toMatch(/failed|not-tried/)
  })
})

describe('channel binding', () => {
  it.each(['Channel Binding=Require', 'Channel Binding=Prefer', 'Channel Binding=Disable', ''])(
    'goes over TLS: %s',
    async (more) => expect(states(await test(`${more};SSL Mode=Require`))).toMatch(/login passed/),
  )

  it('that is required does not go without TLS', async () => {
    const layers = await test('Channel Binding=Require;SSL Mode=Disable')
    expect(layer(layers, 'login')).toMatchObject({
      state: 'failed',
      summary: expect.stringContaining('Channel Binding=Require'),
      remedy: { text: expect.stringContaining('Channel Binding=Prefer') },
    })
  })
})

describe('the way of logging in', () => {
  it('is as Require Auth wants it, or refused', async () => {
    expect(states(await test('Require Auth=ScramSHA256'))).toMatch(/login passed/)
    expect(layer(await test('Require Auth=MD5'), 'login')).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/asks for the login by ScramSHA256, and Require Auth=MD5/),
    })
  })

  it('is not tried where a file holds the password that only the service reads', async () => {
    const layers = await test('Passfile=/etc/identity/pgpass', server.port, '')
    expect(layer(layers, 'login')).toMatchObject({
      state: 'not-tried',
      summary: expect.stringContaining('Passfile'),
    })
  })

  // Tried with Npgsql 10: it is let in with the first two of these, and with none of the others.
  it.each(['😀\ufe0f', '👨\u200d👩', '❤\ufe0f', 'soft\u00adhyphen', 'zero\u200bwidth'])(
    'is not told of for a password that Npgsql prepares in another way: %j',
    async (password) => {
      await server.sql(`DROP ROLE IF EXISTS odd; CREATE ROLE odd LOGIN PASSWORD '${password}'`)
      for (const given of [password, `${password}x`]) {
        const layers = await test(`Username=odd;Password=${given}`)
        expect(layer(layers, 'login')).toMatchObject({
          state: 'not-tried',
          remedy: { text: expect.stringMatching(/^Give the user a password/) },
        })
      }
    },
  )

  it.each(['p\u00e9', 'pe\u0301', '\ufb01x', 'a\u00a0b', 'a\u3000b', '😀', '\u2168'])(
    'goes with a password that both prepare alike: %j',
    async (password) => {
      await server.sql(`DROP ROLE IF EXISTS odd; CREATE ROLE odd LOGIN PASSWORD '${password}'`)
      expect(states(await test(`Username=odd;Password="${password}"`))).toMatch(/login passed/)
    },
  )

  it('goes with many iterations of SCRAM, of which Npgsql minds none', async () => {
    await server.sql(`SET scram_iterations = 150000; CREATE ROLE patient LOGIN PASSWORD 'right'`)
    expect(states(await test('Username=patient'))).toMatch(/login passed/)
  })

  it('with a certificate of the client shows the one that is named', async () => {
    const { key, certificate } = await clientCertificate()
    const data = join(
      server.folder,
      (await readdir(server.folder)).find((name) => name.startsWith('data-'))!,
    )
    await writeFile(join(data, 'client-ca.pem'), await readFile(certificates.caFile), { mode: 0o644 })
    const rules = join(data, 'pg_hba.conf')
    const before = await readFile(rules, 'utf8')
    await writeFile(rules, `hostssl all identity all scram-sha-256 clientcert=verify-full\n${before}`)
    await server.sql(`ALTER SYSTEM SET ssl_ca_file = 'client-ca.pem'`)
    await server.sql('SELECT pg_reload_conf()')
    try {
      expect(layer(await test('SSL Mode=Require'), 'login')).toMatchObject({
        state: 'failed',
        remedy: { text: expect.stringContaining('“SSL Certificate”') },
      })
      const own = `SSL Mode=Require;SSL Certificate=${certificate}`
      expect(states(await test(`${own};SSL Key=${key}`))).toMatch(/login passed/)
      expect(layer(await test(own), 'tls')).toMatchObject({
        state: 'failed',
        summary: expect.stringContaining('SSL Certificate'),
      })
    } finally {
      await writeFile(rules, before)
      await server.sql('SELECT pg_reload_conf()')
    }
  })
})

async function clientCertificate(): Promise<{ readonly key: string; readonly certificate: string }> {
  const at = (name: string): string => join(certificates.folder, name)
  const [key, request, certificate] = [at('client.key'), at('client.csr'), at('client.pem')]
  const asked = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=identity']
  await run('openssl', ['req', ...asked, '-keyout', key, '-out', request])
  const issuer = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '9']
  await run('openssl', ['x509', '-req', '-in', request, ...issuer, '-out', certificate])
  return { key, certificate }
}

describe('TLS', () => {
  it('is asked for in any spelling that is written for the service', async () => {
    const layers = await test('ssl_mode=verify-full')
    expect(layer(layers, 'tls')).toMatchObject({ state: 'failed', driverMessage: expect.any(String) })
    const named = await test(`ssl_mode=verify-full;sslrootcert=${certificates.caFile}`)
    expect(states(named)).toMatch(/tls passed, login passed/)
  })

  it('takes the issuer’s certificate as DER, and names a file that holds none', async () => {
    const der = join(certificates.folder, 'ca.der')
    await run('openssl', ['x509', '-in', certificates.caFile, '-outform', 'DER', '-out', der])
    expect(states(await test(`SSL Mode=VerifyFull;Root Certificate=${der}`))).toMatch(
      /tls passed, login passed/,
    )
    const none = join(certificates.folder, 'key.pem')
    expect(layer(await test(`SSL Mode=VerifyFull;Root Certificate=${none}`), 'tls')).toMatchObject({
      state: 'failed',
      summary: expect.stringContaining('holds no certificate'),
    })
  })

  it('that begins at once is spoken where it is wanted', async () => {
    expect(states(await test('SSL Mode=Require;SSL Negotiation=Direct'))).toMatch(/login passed/)
  })

  it('that begins at once is refused by a server that waits for a question first', async () => {
    const older = await listen((socket) => {
      socket.once('data', (bytes) => (bytes.length === 8 ? socket.write('N') : socket.end()))
    })
    try {
      expect(layer(await test('SSL Mode=Require;SSL Negotiation=Direct', older.port), 'tls')).toMatchObject({
        state: 'failed',
        summary: expect.stringContaining('SSL Negotiation=Direct'),
        remedy: { text: expect.stringContaining('Take “SSL Negotiation” out') },
      })
    } finally {
      await older.close()
    }
  })

  it('is warned of where revocation is to be asked for, which this program does not', async () => {
    const named = `SSL Mode=VerifyFull;Root Certificate=${certificates.caFile}`
    expect(layer(await test(`${named};Check Certificate Revocation=true`), 'tls').state).toBe('warning')
  })
})

describe('the Timeout of the connection string', () => {
  it('ends a login that the service would not wait for', async () => {
    const slow = await listen((socket) => {
      socket.once('data', (bytes) => bytes.length === 8 && socket.write('N'))
    })
    try {
      expect(layer(await test('SSL Mode=Disable;Timeout=1', slow.port), 'login')).toMatchObject({
        state: 'failed',
        summary: 'No answer within 1 second, the Timeout of the connection string',
      })
    } finally {
      await slow.close()
    }
  })
})
