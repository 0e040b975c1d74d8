import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../electron/database/open-database.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState } from '../../doubles/sql-server/identity/state.ts'
import { layer, states } from './fixtures.ts'
import { at, makeCertificates, type Certificates, type IdentityResponder } from './sql-server-fixtures.ts'

/** `Server Certificate` of Microsoft.Data.SqlClient 5.1 and later: the server has to show this very certificate. */
const machine = realMachine()
let certificates: Certificates
let selfSigned: string
let issued: string
let responder: IdentityResponder | undefined

beforeAll(async () => {
  certificates = await makeCertificates()
  ;[selfSigned, issued] = ['self.pem', 'cert.pem'].map((name) => join(certificates.folder, name)) as [
    string,
    string,
  ]
})

afterAll(() => certificates.remove())

afterEach(async () => {
  await responder?.close()
  responder = undefined
})

/** The server shows its own certificate, which nobody here trusts. */
async function test(
  more: string,
  tls: 'selfSigned' | 'issued' = 'selfSigned',
): Promise<readonly LayerResult[]> {
  responder = await startIdentityResponder(emptyState(), { tls: certificates[tls] })
  return testConnection(machine, at(responder, `Encrypt=True;${more}`), { timeoutMs: 30_000 })
}

describe('the one certificate that the server may show', () => {
  it.each(['Encrypt=True', 'Encrypt=Mandatory'])(
    'is trusted for that, whoever issued it and to whom: %s',
    async (encrypt) => {
      const layers = await test(`${encrypt};Server Certificate=${selfSigned}`)
      expect(states(layers)).toMatch(/tls passed, login passed, server passed/)
      expect(layer(layers, 'tls').summary).toContain('the one that ServerCertificate names')
      await responder!.close()
      const other = await test(`${encrypt};ServerCertificate=${issued}`, 'issued')
      expect(states(other)).toMatch(/tls passed, login passed/)
    },
  )

  it('may be a DER file', async () => {
    const der = join(certificates.folder, 'self.cer')
    await promisify(execFile)('openssl', ['x509', '-in', selfSigned, '-outform', 'DER', '-out', der])
    expect(states(await test(`ServerCertificate=${der}`))).toMatch(/tls passed, login passed/)
  })

  it('is missed where the server shows another, before any password is sent', async () => {
    const layers = await test(`ServerCertificate=${issued}`)
    expect(layer(layers, 'tls')).toMatchObject({
      state: 'failed',
      summary: 'The server shows another certificate than ServerCertificate names',
      remedy: { text: expect.stringContaining('certificate of today') },
    })
    expect(responder!.asked.logins).toEqual([])
  })

  it('lets the tables be opened, and keeps the password from another', async () => {
    responder = await startIdentityResponder(emptyState(), { tls: certificates.selfSigned })
    const database = await openDatabase(
      machine,
      at(responder, `Encrypt=True;ServerCertificate=${selfSigned}`),
    )
    await database.close()
    expect(responder.asked.logins).toHaveLength(1)
    await expect(
      openDatabase(machine, at(responder, `Encrypt=True;ServerCertificate=${issued}`)),
    ).rejects.toMatchObject({ problem: { details: [expect.stringContaining('another certificate')] } })
    expect(responder.asked.logins).toHaveLength(1)
  })

  it('is nothing where the file holds none, as for the driver, and that is said', async () => {
    const none = join(certificates.folder, 'none.cer')
    await writeFile(none, 'none')
    for (const file of [none, `${none}-missing`]) {
      const layers = await test(`ServerCertificate=${file}`)
      expect(layer(layers, 'tls')).toMatchObject({
        state: 'failed',
        cause: expect.stringContaining('the driver goes on without it'),
      })
      await responder!.close()
    }
  })

  it('does not matter where no certificate is looked at', async () => {
    expect(states(await test(`ServerCertificate=${issued};TrustServerCertificate=True`))).toMatch(
      /tls passed, login passed/,
    )
  })
})
