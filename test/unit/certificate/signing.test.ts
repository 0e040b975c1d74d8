import { X509Certificate } from 'node:crypto'
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { kidOf, type RsaPublicJwk, signingAlgorithm } from '../../../electron/certificate/keys.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { signatureHashes, signingKeys } from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'

const now = new Date('2026-11-21T12:00:00.750Z')
const wishes = { now, random: realRandom }

describe('a signing certificate', () => {
  it('is what its own reader finds in the file', async () => {
    const made = await createSigningCertificate({ ...wishes, subject: 'CN=Identity Service, O=Acme, C=CY' })
    const { facts, problems } = await readPfx(made.pfx)
    expect(problems).toEqual([])
    expect(facts).toMatchObject({
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
    expect(made.publicJwk).toMatchObject({ e: 'AQAB' })
  })

  it('starts a few minutes back and lasts three years unless told otherwise', async () => {
    const made = await createSigningCertificate(wishes)
    expect(made.notBefore).toEqual(new Date('2026-11-21T11:55:00Z'))
    expect(made.notAfter).toEqual(new Date('2029-11-20T12:00:00Z'))
    expect(made.subject).toBe('CN=Identity Service')
  })

  it.each([3072, 4096] as const)('has the %i bits asked for', { timeout: 60_000 }, async (bits) => {
    const made = await createSigningCertificate({ ...wishes, key: `RSA-${bits}` })
    expect(Buffer.from((made.publicJwk as RsaPublicJwk).n, 'base64url')).toHaveLength(bits / 8)
  })

  it.each([
    ['ECDSA-P256', 'P-256', 32, 'ES256'],
    ['ECDSA-P384', 'P-384', 48, 'ES384'],
    ['ECDSA-P521', 'P-521', 66, 'ES512'],
  ] as const)('%s lies on its curve and signs itself', async (key, crv, bytes, algorithm) => {
    const made = await createSigningCertificate({ ...wishes, key })
    const { publicJwk } = made
    expect(publicJwk).toMatchObject({ kty: 'EC', crv })
    if (publicJwk.kty !== 'EC') expect.unreachable()
    else
      for (const part of [publicJwk.x, publicJwk.y])
        expect(Buffer.from(part, 'base64url')).toHaveLength(bytes)
    const certificate = new X509Certificate(made.certificatePem)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(signingAlgorithm(publicJwk)).toBe(algorithm)
    expect(kidOf(made.thumbprint, signingAlgorithm(publicJwk))).toBe(made.thumbprint + algorithm)
    expect(made.key).toBe(key)
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

  it('stops being waited for when cancelled, and leaves no listener behind', async () => {
    const stop = new AbortController()
    const making = createSigningCertificate({ ...wishes, key: 'RSA-4096', signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(making).rejects.toThrow('enough')
    await expect(createSigningCertificate({ ...wishes, signal: stop.signal })).rejects.toThrow('enough')
    const patient = new AbortController()
    await createSigningCertificate({ ...wishes, key: 'ECDSA-P256', signal: patient.signal })
    for (const { signal } of [stop, patient]) expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('has another key and serial number each time', async () => {
    const [one, two] = await Promise.all([createSigningCertificate(wishes), createSigningCertificate(wishes)])
    expect(one.publicJwk).not.toEqual(two.publicJwk)
    const serial = ({ certificatePem }: typeof one) => new X509Certificate(certificatePem).serialNumber
    expect(serial(one)).not.toBe(serial(two))
    expect(serial(one)).toMatch(/^[4-7][0-9A-F]{31}$/)
  })
})

describe('the hash of its own signature', () => {
  /** DER of the AlgorithmIdentifier's object identifiers: RFC 4055 and RFC 5758. */
  const identifiers = {
    RSA: {
      'SHA-256': '06092a864886f70d01010b',
      'SHA-384': '06092a864886f70d01010c',
      'SHA-512': '06092a864886f70d01010d',
    },
    ECDSA: {
      'SHA-256': '06082a8648ce3d040302',
      'SHA-384': '06082a8648ce3d040303',
      'SHA-512': '06082a8648ce3d040304',
    },
  } as const
  const own = { 'ECDSA-P256': 'SHA-256', 'ECDSA-P384': 'SHA-384', 'ECDSA-P521': 'SHA-512' } as const
  const pairs = signingKeys
    .filter((key) => !/3072|4096/.test(key))
    .flatMap((key) => signatureHashes.map((hash) => [key, hash] as const))

  it.each(pairs)('%s takes %s or says why not', async (key, hash) => {
    const making = createSigningCertificate({ ...wishes, key, hash })
    const curve = key in own
    if (curve && own[key as keyof typeof own] !== hash)
      return expect(making).rejects.toMatchObject({
        problem: { code: 'certificate.hash', next: expect.stringMatching(/^Choose SHA-\d{3}, or/) },
      })
    const { certificatePem } = await making
    const raw = new X509Certificate(certificatePem).raw.toString('hex')
    const identifier = identifiers[curve ? 'ECDSA' : 'RSA'][hash]
    expect(raw.split(identifier)).toHaveLength(3)
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
