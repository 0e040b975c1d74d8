import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseDrivers } from '../../../electron/contract/database.ts'
import { openDatabase } from '../../../electron/database/open-database.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState } from '../../doubles/sql-server/identity/state.ts'
import type { ResponderOptions } from '../../doubles/sql-server/server.ts'
import type { IdentityState } from '../../doubles/sql-server/identity/state.ts'
import { layer, states } from './fixtures.ts'
import {
  at,
  type Certificates,
  type IdentityResponder,
  makeCertificates,
  readConnectionTest,
} from './sql-server-fixtures.ts'

const machine = realMachine()
const TRUSTED = /^TLS 1\.2, certificate of Test Authority trusted, until \d+ \w+ \d{4}$/
let certificates: Certificates
let responder: IdentityResponder | undefined

beforeAll(async () => {
  certificates = await makeCertificates()
  // OpenSSL's own way to say where this machine's trusted certificates are; read once, at the first question.
  process.env['SSL_CERT_FILE'] = certificates.caFile
})

// Behind that: it asks the first question.
beforeAll(readConnectionTest, 120_000)

afterAll(() => certificates.remove())

afterEach(async () => {
  await responder?.close()
  responder = undefined
})

type Offer = Pick<ResponderOptions<IdentityState>, 'tls' | 'encryption' | 'faults'>

async function test(
  offer: Offer,
  more: string,
  { drivers, timeoutMs = 30_000 }: { readonly drivers?: DatabaseDrivers; readonly timeoutMs?: number } = {},
): Promise<readonly LayerResult[]> {
  responder = await startIdentityResponder(emptyState(), offer)
  const { port } = responder
  // An empty value leaves the choice to the driver.
  const target = at(responder, `Data Source=localhost,${port};Encrypt=;${more}`)
  const layers = await testConnection(machine, { ...target, ...(drivers ? { drivers } : {}) }, { timeoutMs })
  expect(responder.asked.unknown).toEqual([])
  expect(JSON.stringify(layers)).not.toContain('canary')
  return layers
}

describe('a certificate of a trusted authority', () => {
  it.each(['', 'Encrypt=True', 'Encrypt=Mandatory', 'Encrypt=Strict'])(
    'is told, and used: %s',
    async (more) => {
      const layers = await test({ tls: certificates.issued }, more)
      expect(states(layers)).toMatch(/tls passed, login passed, server passed, rights passed, schema passed/)
      const { summary, facts } = layer(layers, 'tls')
      if (more !== 'Encrypt=Strict') expect(summary).toMatch(TRUSTED)
      expect(facts).toContainEqual({ label: 'Issued by', value: 'Test Authority' })
      expect(facts).toContainEqual({ label: 'Certificate made out to', value: 'localhost' })
      expect(new Set(responder!.asked.encrypted)).toEqual(new Set([true]))
    },
  )

  it('is refused under another name, before any password is sent', async () => {
    const { issued } = certificates
    responder = await startIdentityResponder(emptyState(), { tls: issued })
    const layers = await testConnection(machine, at(responder, 'Encrypt=True'))
    expect(layer(layers, 'tls')).toMatchObject({
      state: 'failed',
      cause: 'The certificate is not made out to 127.0.0.1.',
      driverMessage: 'ERR_TLS_CERT_ALTNAME_INVALID',
      remedy: { text: expect.stringContaining('HostNameInCertificate') },
    })
    expect(responder.asked.logins).toEqual([])
    const named = await testConnection(machine, at(responder, 'Encrypt=True;HostNameInCertificate=localhost'))
    expect(states(named)).toMatch(/tls passed, login passed/)
  })

  it('lets the service’s tables be opened', async () => {
    responder = await startIdentityResponder(emptyState(), { tls: certificates.issued })
    const more = `Data Source=localhost,${responder.port};Encrypt=True`
    const database = await openDatabase(machine, at(responder, more))
    expect((await database.tables()).version).toBe('none')
    await database.close()
  })
})

describe('a self-signed certificate', () => {
  it.each(['', 'Encrypt=True', 'Encrypt=Strict', 'Encrypt=Strict;TrustServerCertificate=True'])(
    'is refused, before any password is sent: %s',
    async (more) => {
      const layers = await test({ tls: certificates.selfSigned }, more)
      expect(states(layers)).toMatch(/tls failed, login not-tried/)
      expect(layer(layers, 'tls')).toMatchObject({
        driverMessage: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        cause: expect.stringContaining('self-signed'),
      })
      expect(responder!.asked.logins).toEqual([])
    },
  )

  it('is taken unchecked with TrustServerCertificate, and it is said what it would fail of', async () => {
    const layers = await test({ tls: certificates.selfSigned }, 'Encrypt=True;TrustServerCertificate=True')
    expect(states(layers)).toMatch(/tls passed, login passed/)
    expect(layer(layers, 'tls').summary).toMatch(/^TLS 1\.2, certificate of localhost not checked, until /)
    expect(layer(layers, 'tls').cause).toContain('self-signed')
  })

  it('does not matter with Encrypt=False, and no password travels bare', async () => {
    const layers = await test({ tls: certificates.selfSigned }, 'Encrypt=False')
    expect(layer(layers, 'tls')).toMatchObject({
      state: 'not-applicable',
      summary: 'Only the login is encrypted: Encrypt is off',
    })
    expect(layer(layers, 'login').state).toBe('passed')
    expect(new Set(responder!.asked.encrypted)).toEqual(new Set([true]))
  })

  it('is checked in spite of Encrypt=False when the server insists', async () => {
    const layers = await test({ tls: certificates.selfSigned, encryption: 'required' }, 'Encrypt=False')
    expect(states(layers)).toMatch(/tls failed, login not-tried/)
  })
})

describe('the drivers of the service', () => {
  const sqlClient = (
    name: 'Microsoft.Data.SqlClient' | 'System.Data.SqlClient',
    version: string,
  ): DatabaseDrivers => ({
    sqlClient: { package: name, version },
  })

  it.each([
    [sqlClient('Microsoft.Data.SqlClient', '5.1.1'), 'failed'],
    [sqlClient('Microsoft.Data.SqlClient', '3.0.1'), 'not-applicable'],
    [sqlClient('System.Data.SqlClient', '4.8.6'), 'not-applicable'],
  ])('decide what is meant where Encrypt is not written: %j', async (drivers, state) => {
    expect(layer(await test({ tls: certificates.selfSigned }, '', { drivers }), 'tls').state).toBe(state)
  })
})

describe('a server without encryption', () => {
  it('is refused unless that is wanted', async () => {
    const refused = await test({}, '')
    expect(layer(refused, 'tls')).toMatchObject({
      state: 'failed',
      summary: 'The server does not encrypt, and the connection string insists on it',
    })
    await responder?.close()
    const wanted = await test({}, 'Encrypt=False')
    expect(states(wanted)).toMatch(/tls not-applicable, login passed/)
  })

  it('does not understand Encrypt=Strict', async () => {
    const layers = await test({}, 'Encrypt=Strict')
    expect(layer(layers, 'tls')).toMatchObject({
      state: 'failed',
      summary: 'The server does not speak Encrypt=Strict',
      remedy: { text: expect.stringContaining('Encrypt=True') },
    })
  })

  it.each([
    ['drop', 'The server and this machine do not agree on TLS'],
    ['silent', 'No answer within 1.5 seconds'],
  ] as const)('that gives up in the handshake is told: %s', async (fault, summary) => {
    const faults = new Map([['tls', fault]])
    const layers = await test({ tls: certificates.issued, faults }, 'Encrypt=True', { timeoutMs: 1500 })
    expect(layer(layers, 'tls')).toMatchObject({ state: 'failed', summary })
  })
})
