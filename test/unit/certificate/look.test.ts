import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateFacts } from '../../../electron/certificate/facts.ts'
import { judgeForSigning } from '../../../electron/certificate/judge.ts'
import { lookAtMaterial, lookAtPublished } from '../../../electron/certificate/look.ts'
import { readMaterial } from '../../../electron/certificate/material.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { type SigningKey, signingKeys } from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'

const now = new Date('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
const make = (key: SigningKey = 'ECDSA-P256') =>
  createSigningCertificate({ key, subject: 'CN=Identity Service, O=Acme\\, Ltd', now, random: realRandom })

const names: Readonly<Record<SigningKey, readonly [key: string, signature: string, algorithm: string]>> = {
  'RSA-2048': ['RSA-2048', 'SHA-256 with RSA', 'RS256'],
  'RSA-3072': ['RSA-3072', 'SHA-256 with RSA', 'RS256'],
  'RSA-4096': ['RSA-4096', 'SHA-256 with RSA', 'RS256'],
  'ECDSA-P256': ['ECDSA P-256', 'SHA-256 with ECDSA', 'ES256'],
  'ECDSA-P384': ['ECDSA P-384', 'SHA-384 with ECDSA', 'ES384'],
  'ECDSA-P521': ['ECDSA P-521', 'SHA-512 with ECDSA', 'ES512'],
}

describe('a certificate made here, looked at', () => {
  it.each(signingKeys)('%s', { timeout: 60_000 }, async (kind) => {
    const made = await make(kind)
    const material = await readMaterial({ file: made.pfx })
    const judged = judgeForSigning(material, { now })
    const look = lookAtMaterial('/srv/openssl.pfx', material, judged, now)
    const x509 = new X509Certificate(made.certificatePem)
    const [key, signature, algorithm] = names[kind]
    expect(look).toEqual({
      file: '/srv/openssl.pfx',
      format: 'PFX',
      protection: 'AES-256, SHA-256 MAC, no password',
      privateKey: 'same-file',
      ready: true,
      certificate: {
        subject: 'CN=Identity Service, O=Acme\\, Ltd',
        issuer: 'CN=Identity Service, O=Acme\\, Ltd',
        selfSigned: true,
        notBefore: made.notBefore.toISOString(),
        notAfter: made.notAfter.toISOString(),
        daysLeft: 1095,
        key,
        signature,
        serialNumber: x509.serialNumber,
        thumbprint: made.thumbprint,
        thumbprint256: x509.fingerprint256.replaceAll(':', ''),
        kid: made.thumbprint + algorithm,
        keyUsage: ['digitalSignature'],
      },
      chain: [],
      problems: [],
      warnings: [],
    })
  })

  it('counts whole days, below zero once it has ended', async () => {
    const x509 = new X509Certificate((await make()).certificatePem)
    const ends = new Date(x509.validTo).getTime()
    const left = (moment: number) => certificateFacts(x509, new Date(moment)).daysLeft
    expect([left(ends - DAY_MS), left(ends - 1), left(ends), left(ends + 1)]).toEqual([1, 0, 0, -1])
    const since = (days: number) => left(ends + days * DAY_MS)
    expect([since(0.5), since(1.5), since(2), since(10.1)]).toEqual([-1, -1, -2, -10])
  })
})

describe('a certificate that the service publishes', () => {
  const url = 'https://identity.example.com/.well-known/openid-configuration/jwks'
  const x5c = async () => [new X509Certificate((await make()).certificatePem).raw.toString('base64')]

  it('is shown as one of a file is', async () => {
    const look = lookAtPublished(url, { x5c: await x5c() }, now)
    expect(look).toMatchObject({ file: url, format: 'JWKS', problems: [], warnings: [] })
    expect(look.certificate?.kid).toMatch(/^[0-9A-F]{40}ES256$/)
  })

  it('warns that it ends soon, or has ended: the service goes on signing with it', async () => {
    const codes = async (days: number) => {
      const { problems, warnings } = lookAtPublished(
        url,
        { x5c: await x5c() },
        new Date(now.getTime() + days * DAY_MS),
      )
      expect(problems).toEqual([])
      return warnings.map(({ code }) => code)
    }
    expect(await codes(1064)).toEqual([])
    expect(await codes(1065)).toEqual(['certificate.ends-soon'])
    expect(await codes(1095)).toEqual(['certificate.ended'])
  })

  it('may be missing or damaged', () => {
    expect(lookAtPublished(url, {}, now)).toMatchObject({
      problems: [],
      warnings: [{ code: 'certificate.not-published' }],
    })
    expect(lookAtPublished(url, { x5c: ['AAAA'] }, now)).toMatchObject({
      problems: [{ code: 'certificate.damaged' }],
    })
  })
})
