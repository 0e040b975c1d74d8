import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPfx } from '../../../electron/certificate/read.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'

const now = new Date('2026-11-21T12:00:00.750Z')
const wishes = { now, random: realRandom }

describe('a signing certificate', () => {
  it('is what its own reader finds in the file', async () => {
    const made = await createSigningCertificate({ ...wishes, subject: 'CN=Identity Service, O=Acme, C=CY' })
    const { facts, problems } = await readPfx(made.pfx)
    expect(problems).toEqual([])
    expect(facts).toEqual({
      thumbprint: made.thumbprint,
      publicJwk: made.publicJwk,
      certificatePem: made.certificatePem,
      subject: 'CN=Identity Service, O=Acme, C=CY',
      issuer: 'CN=Identity Service, O=Acme, C=CY',
      notBefore: made.notBefore,
      notAfter: made.notAfter,
      hasPrivateKey: true,
      keyKind: 'RSA-2048',
    })
    expect(made.thumbprint).toMatch(/^[0-9A-F]{40}$/)
    expect(made.publicJwk.e).toBe('AQAB')
  })

  it('starts a few minutes back and lasts three years unless told otherwise', async () => {
    const made = await createSigningCertificate(wishes)
    expect(made.notBefore).toEqual(new Date('2026-11-21T11:55:00Z'))
    expect(made.notAfter).toEqual(new Date('2029-11-20T12:00:00Z'))
    expect(made.subject).toBe('CN=Identity Service')
  })

  it.each([3072, 4096] as const)('has the %i bits asked for', { timeout: 60_000 }, async (bits) => {
    const made = await createSigningCertificate({ ...wishes, key: `RSA-${bits}` })
    expect(Buffer.from(made.publicJwk.n, 'base64url')).toHaveLength(bits / 8)
  })

  it('may end after 2049, where certificates change how they write years', async () => {
    const made = await createSigningCertificate({ ...wishes, days: 36_500 })
    const certificate = new X509Certificate(made.certificatePem)
    expect(new Date(certificate.validTo)).toEqual(new Date('2126-10-28T12:00:00Z'))
    expect(certificate.raw.includes(Buffer.from('21261028120000Z'))).toBe(true)
    expect(certificate.raw.includes(Buffer.from('\x17\x0d261121115500Z', 'latin1'))).toBe(true)
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 36_501])('refuses %d days', async (days) => {
    await expect(createSigningCertificate({ ...wishes, days })).rejects.toMatchObject({
      problem: { code: 'certificate.days' },
    })
  })

  it('stops being waited for when cancelled', async () => {
    const stop = new AbortController()
    const making = createSigningCertificate({ ...wishes, key: 'RSA-4096', signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(making).rejects.toThrow('enough')
  })

  it('has another key and serial number each time', async () => {
    const [one, two] = await Promise.all([createSigningCertificate(wishes), createSigningCertificate(wishes)])
    expect(one.publicJwk.n).not.toBe(two.publicJwk.n)
    const serial = ({ certificatePem }: typeof one) => new X509Certificate(certificatePem).serialNumber
    expect(serial(one)).not.toBe(serial(two))
    expect(serial(one)).toMatch(/^[4-7][0-9A-F]{31}$/)
  })
})

describe('an HTTPS certificate', () => {
  it('carries each name and address it is asked for', async () => {
    const made = await createTlsCertificate({ ...wishes, hosts: ['bücher.example', '127.0.0.1', '[::1]'] })
    const certificate = new X509Certificate(made.certificatePem)
    expect(certificate.checkHost('xn--bcher-kva.example')).toBe('xn--bcher-kva.example')
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(certificate.checkIP('::1')).toBe('::1')
    expect(certificate.checkHost('other.example')).toBeUndefined()
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  it.each([[[]], [['']], [['a b']], [['http://a']], [['x'.repeat(64)]]])('refuses %j', async (hosts) => {
    await expect(createTlsCertificate({ ...wishes, hosts })).rejects.toMatchObject({
      problem: { code: 'certificate.host' },
    })
  })
})
