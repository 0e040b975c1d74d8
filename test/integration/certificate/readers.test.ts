import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { signingKeys } from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { openssl, opensslStreams } from './openssl.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'certificate readers '))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const wishes = () => ({ now: new Date(), random: realRandom })

describe('openssl', () => {
  it.each(signingKeys)('opens a %s file without a password', { timeout: 60_000 }, async (key) => {
    const made = await createSigningCertificate({ ...wishes(), key, subject: 'CN=Ünïcode 🔑, C=CY' })
    const file = join(folder, `${key}.pfx`)
    await writeFile(file, made.pfx)
    const pem = await openssl(['pkcs12', '-in', file, '-passin', 'pass:', '-nodes'])
    const fingerprint = await openssl(['x509', '-noout', '-fingerprint', '-sha1'], pem)
    expect(fingerprint.replaceAll(':', '')).toContain(made.thumbprint)
    const text = await openssl(['x509', '-noout', '-text'], pem)
    expect(text).toContain('sha256WithRSAEncryption')
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(text).toContain('Subject Key Identifier')
    const ofKey = await openssl(['pkey', '-pubout'], pem)
    expect(await openssl(['x509', '-noout', '-pubkey'], pem)).toBe(ofKey)
  })

  it('finds AES-256 and SHA-256 and no weaker protection', async () => {
    const made = await createSigningCertificate(wishes())
    const file = join(folder, 'kinds.pfx')
    await writeFile(file, made.pfx)
    const { stderr } = await opensslStreams(['pkcs12', '-in', file, '-passin', 'pass:', '-info', '-noout'])
    expect(stderr).toContain('MAC: sha256')
    expect(stderr.match(/PBES2, PBKDF2, AES-256-CBC.*hmacWithSHA256/g)).toHaveLength(2)
    expect(stderr).not.toMatch(/sha1|RC2|3DES/i)
  })
})

describe('node as an HTTPS server', () => {
  it('serves with the file and is trusted by who trusts the certificate', async () => {
    const made = await createTlsCertificate({ ...wishes(), hosts: ['localhost', '127.0.0.1'] })
    const server = createServer({ pfx: Buffer.from(made.pfx), passphrase: '' }, (_, answer) =>
      answer.end('ok'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      expect(await get(url, made.certificatePem)).toBe(200)
      const namesake = (await createTlsCertificate({ ...wishes(), hosts: ['localhost'] })).certificatePem
      expect(await get(url, [namesake, made.certificatePem])).toBe(200)
      await expect(get(url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    } finally {
      server.close()
    }
  })
})

function get(url: string, trust?: string | string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { ...(trust && { ca: trust }), agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
      .on('error', reject)
      .end()
  })
}
