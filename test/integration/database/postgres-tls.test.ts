import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { openDatabase } from '../../../electron/database/open-database.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { layer, listen, startServer, states, type TestServer } from './fixtures.ts'

const run = promisify(execFile)
let folder: string
let certificateFile: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-tls-'))
  certificateFile = join(folder, 'crt.pem')
  const keyFile = join(folder, 'key.pem')
  // Made out to "localhost" and to nobody else, so that 127.0.0.1 is a wrong name for it.
  const subject = '-days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost'.split(' ')
  const files = ['-keyout', keyFile, '-out', certificateFile]
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject])
  const [key, cert] = await Promise.all([keyFile, certificateFile].map((file) => readFile(file, 'utf8')))
  server = await startServer({ key: key!, cert: cert! })
})

afterAll(async () => {
  await server.remove()
  await rm(folder, { recursive: true })
})

async function test(
  more: string,
  host = 'localhost',
  port = server.port,
  npgsql?: string,
): Promise<readonly LayerResult[]> {
  const connectionString = new Secret(
    `Host=${host};Port=${port};Database=creatio;Username=${server.user};Password=${server.password.open()};${more}`,
  )
  const target = {
    provider: 'PostgreSQL',
    connectionString,
    ...(npgsql ? { drivers: { npgsql } } : {}),
  } as const
  return testConnection(realMachine(), target, { timeoutMs: 30_000 })
}

const NOT_TRUSTED = /^TLS 1\.3, certificate not trusted, to \d+ \w+ \d{4}$/
const TRUSTED = /^TLS 1\.3, certificate trusted, to \d+ \w+ \d{4}$/

describe('TLS with a self-signed certificate', () => {
  it('is used and told with Prefer, which checks nothing', async () => {
    const layers = await test('')
    expect(states(layers)).toMatch(/tls passed, login passed/)
    expect(layer(layers, 'tls').summary).toMatch(NOT_TRUSTED)
    expect(layer(layers, 'tls').cause).toContain('self-signed')
  })

  it('is warned of with Require, as an older Npgsql refuses it', async () => {
    const layers = await test('SSL Mode=Require')
    expect(states(layers)).toMatch(/tls warning, login passed/)
    expect(layer(layers, 'tls').remedy?.text).toContain('Trust Server Certificate=true')
    expect(layer(await test('SSL Mode=Require;Trust Server Certificate=true'), 'tls').state).toBe('passed')
  })

  it('is judged as the Npgsql of the service’s build judges it', async () => {
    const judged = async (more: string, npgsql: string): Promise<string | undefined> => {
      const layers = await test(more, 'localhost', server.port, npgsql)
      // What a version does not know at all fails before anything is connected.
      return layers.find(({ state }) => state === 'failed')?.state ?? layer(layers, 'tls').state
    }
    expect(await judged('SSL Mode=Require', '8.0.3')).toBe('passed')
    expect(await judged('SSL Mode=Require', '6.0.11')).toBe('failed')
    expect(await judged('SSL Mode=Require;Trust Server Certificate=true', '6.0.11')).toBe('passed')
    expect(await judged('SSL Mode=Require', '5.0.18')).toBe('failed')
    expect(await judged('SSL Mode=Prefer', '5.0.18')).toBe('failed')
    expect(await judged('SSL Mode=Require;Trust Server Certificate=true', '5.0.18')).toBe('passed')
    expect(await judged('', '5.0.18')).toBe('not-applicable')
  })

  it.each(['VerifyCA', 'VerifyFull'])('is refused with %s, before any password is sent', async (mode) => {
    const layers = await test(`SslMode=${mode}`)
    expect(states(layers)).toMatch(/tls failed, login not-tried/)
    expect(layer(layers, 'tls')).toMatchObject({
      summary: expect.stringMatching(NOT_TRUSTED),
      driverMessage: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  })

  it('is trusted when it is named as root certificate, by its name only', async () => {
    const named = `Root Certificate=${certificateFile};`
    const full = await test(`${named}SSL Mode=VerifyFull`)
    expect(layer(full, 'tls')).toMatchObject({ state: 'passed', summary: expect.stringMatching(TRUSTED) })
    expect(layer(full, 'login').state).toBe('passed')
    const wrongName = await test(`${named}SSL Mode=VerifyFull`, '127.0.0.1')
    expect(layer(wrongName, 'tls')).toMatchObject({
      state: 'failed',
      cause: 'The certificate is not made out to 127.0.0.1.',
    })
    expect(states(await test(`${named}SSL Mode=VerifyCA`, '127.0.0.1'))).toMatch(/tls passed, login passed/)
  })

  it.each(['VerifyCA', 'VerifyFull'])(
    'is not trusted with %s by the certificate of another authority',
    async (mode) => {
      const other = join(folder, 'other.pem')
      const files = ['-keyout', join(folder, 'other-key.pem'), '-out', other]
      await run('openssl', [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        ...files,
        '-subj',
        '/CN=Another CA',
      ])
      const layers = await test(`SSL Mode=${mode};Root Certificate=${other}`)
      expect(states(layers)).toMatch(/tls failed, login not-tried/)
      expect(layer(layers, 'tls').summary).toMatch(NOT_TRUSTED)
    },
  )

  it('cannot be judged by a root certificate that is not there or none', async () => {
    const missing = layer(
      await test(`SSL Mode=VerifyFull;Root Certificate=${join(folder, 'none.pem')}`),
      'tls',
    )
    expect(missing.summary).toContain('none.pem')
    const noCertificate = join(folder, 'text.pem')
    await writeFile(noCertificate, 'not a certificate')
    expect(layer(await test(`SSL Mode=VerifyFull;Root Certificate=${noCertificate}`), 'tls').state).toBe(
      'failed',
    )
  })

  it('is checked by every login, not by the test alone', async () => {
    const connectionString = new Secret(`${server.connectionString.open()}SSL Mode=VerifyFull`)
    await expect(
      openDatabase(realMachine(), { provider: 'PostgreSQL', connectionString }),
    ).rejects.toMatchObject({
      problem: { what: expect.stringContaining('certificate is not trusted') },
    })
  })

  it('is not used with Disable and Allow, and a mode that is none is refused', async () => {
    for (const mode of ['Disable', 'Allow'])
      expect(states(await test(`SSL Mode=${mode}`))).toMatch(/tls not-applicable, login passed/)
    expect(states(await test('SSL Mode=Maybe'))).toMatch(/^name failed, tcp not-tried/)
  })
})

describe('a server that refuses TLS', () => {
  it.each(['Require', 'VerifyCA', 'VerifyFull'])('fails %s, and says how to go on', async (mode) => {
    const refusing = await listen((socket) => socket.once('data', () => socket.write('N')))
    const layers = await test(`SSL Mode=${mode}`, 'localhost', refusing.port)
    await refusing.close()
    expect(states(layers)).toMatch(/tcp passed, tls failed, login not-tried/)
    expect(layer(layers, 'tls')).toMatchObject({
      summary: `The server offers no TLS, and SSL Mode=${mode} insists on it`,
      remedy: { text: expect.stringContaining('SSL Mode=Prefer') },
    })
  })
})

describe('a server that lets some in by TLS only', () => {
  it('is reached with Allow after its refusal, and not with Disable', async () => {
    const data = (await readdir(server.folder)).find((name) => name.startsWith('data-'))!
    await writeFile(join(server.folder, data, 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n')
    const pid = (await readFile(join(server.folder, data, 'postmaster.pid'), 'utf8')).split('\n')[0]
    process.kill(Number(pid), 'SIGHUP')
    await expect
      .poll(async () => layer(await test('SSL Mode=Disable'), 'login'))
      .toMatchObject({
        summary: 'The server lets postgres in from elsewhere only',
        driverMessage: expect.stringMatching(/^FATAL 28000: no pg_hba\.conf entry .*no encryption$/),
      })
    expect(layer(await test('SSL Mode=Allow'), 'login').state).toBe('passed')
  })
})
