import { webcrypto, X509Certificate } from 'node:crypto'
import type * as X509 from '@peculiar/x509'

export interface Wishes {
  readonly subject?: string
  readonly bits?: number
  readonly hash?: 'SHA-1' | 'SHA-256'
  readonly curve?: 'P-256'
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  readonly eku?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly issuer?: Made
}

export interface Made {
  readonly certificate: X509Certificate
  readonly thumbprint: string
  /** Base64 of DER, as the script gives it. */
  readonly raw: string
  readonly keys: CryptoKeyPair
  readonly peculiar: X509.X509Certificate
}

/** A certificate with just the properties that a test asks for; self-signed unless it names an issuer. */
export async function makeCertificate(wishes: Wishes = {}): Promise<Made> {
  // The library's dependency injection needs the metadata API before it loads.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const { hash = 'SHA-256', bits = 2048, curve, names = [], addresses = [], eku = [], issuer } = wishes
  // Two descriptions of the same object: node's own types and those of the browser's API.
  const keys = (await makeKeys(bits, hash, curve)) as CryptoKeyPair
  const alternatives = [
    ...names.map((value) => ({ type: 'dns' as const, value })),
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ]
  const subject = wishes.subject ?? 'CN=identity.example.com'
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.peculiar.subject ?? subject,
    notBefore: wishes.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: wishes.notAfter ?? new Date('2027-01-01T00:00:00Z'),
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: curve ? { name: 'ECDSA', hash } : { name: 'RSASSA-PKCS1-v1_5', hash },
    extensions: [
      ...(alternatives.length > 0 ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
      ...(eku.length > 0 ? [new x509.ExtendedKeyUsageExtension([...eku])] : []),
    ],
  })
  const certificate = new X509Certificate(Buffer.from(made.rawData))
  const thumbprint = certificate.fingerprint.replaceAll(':', '')
  return { certificate, thumbprint, raw: certificate.raw.toString('base64'), keys, peculiar: made }
}

function makeKeys(bits: number, hash: string, curve: string | undefined): Promise<webcrypto.CryptoKeyPair> {
  const usages = ['sign', 'verify'] as const
  if (curve !== undefined)
    return webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, usages)
  const publicExponent = Uint8Array.of(1, 0, 1)
  const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: bits, publicExponent, hash }
  return webcrypto.subtle.generateKey(rsa, true, usages)
}
