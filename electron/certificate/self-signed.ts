import { webcrypto, X509Certificate } from 'node:crypto'
import type { Extension } from '@peculiar/x509'
import type { SignatureHash, SigningKey } from '../contract/certificate.ts'
import type { Random } from '../machine/machine.ts'
import { makeKeyPair } from './key-pair.ts'
import { hashFor, type PublicJwk } from './keys.ts'
import type { SubjectPart } from './subject.ts'
import { validity } from './validity.ts'
import { loadX509, nameOf } from './x509-library.ts'

export interface SelfSigned {
  /** DER. */
  readonly certificate: Buffer
  /** PKCS#8, DER. A secret. */
  readonly privateKey: Buffer
  readonly certificatePem: string
  /** Upper-case hexadecimal SHA-1 of the certificate, as Windows and the service's key ids show it. */
  readonly thumbprint: string
  readonly publicJwk: PublicJwk
  readonly notBefore: Date
  readonly notAfter: Date
  readonly key: SigningKey
}

export interface SelfSignedWishes {
  readonly key: SigningKey
  /** Of the certificate's own signature; left out: the usual one of the key. */
  readonly hash?: SignatureHash
  readonly subject: readonly SubjectPart[]
  readonly days: number
  readonly now: Date
  readonly random: Random
  /** What the certificate may be used for, beside the key identifiers that all get. */
  readonly extensions: (x509: typeof import('@peculiar/x509')) => readonly Extension[]
  readonly signal?: AbortSignal
}

/**
 * Makes a key off the main thread and a certificate signed by it.
 *
 * @throws SetupError `certificate.hash`, `certificate.days`; the signal's reason
 */
export async function selfSigned(wishes: SelfSignedWishes): Promise<SelfSigned> {
  const { notBefore, notAfter } = validity(wishes.days, wishes.now)
  const hash = hashFor(wishes.key, wishes.hash)
  const [x509, pair] = await Promise.all([loadX509(), makeKeyPair(wishes.key, hash, wishes.signal)])
  const { keys, signingAlgorithm, privateKey, publicJwk } = pair
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(wishes.random),
      name: new x509.Name(nameOf(wishes.subject)),
      notBefore,
      notAfter,
      keys,
      signingAlgorithm,
      extensions: [
        ...wishes.extensions(x509),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
        // Its own issuer by key, not by name only: OpenSSL otherwise takes the first “CN=localhost” that it trusts for it.
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  )
  const certificate = new X509Certificate(Buffer.from(made.rawData))
  return {
    certificate: certificate.raw,
    privateKey,
    certificatePem: certificate.toString(),
    thumbprint: thumbprintOf(certificate),
    publicJwk,
    notBefore,
    notAfter,
    key: wishes.key,
  }
}

/** Upper-case hexadecimal SHA-1 of a certificate. */
export function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '')
}

/** Sixteen random bytes, positive and without a leading zero (RFC 5280, 4.1.2.2). Hexadecimal. */
function serialNumber(random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes.toString('hex')
}
