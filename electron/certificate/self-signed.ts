import { webcrypto, X509Certificate } from 'node:crypto'
import type { Extension } from '@peculiar/x509'
import type { Random } from '../machine/machine.ts'
import type { SubjectPart } from './subject.ts'
import { validity } from './validity.ts'

/** The public half of an RSA key as JSON Web Keys spell it (RFC 7518): unpadded base64url, big-endian. */
export interface RsaPublicJwk {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
}

export interface SelfSigned {
  /** DER. */
  readonly certificate: Buffer
  /** PKCS#8, DER. A secret. */
  readonly privateKey: Buffer
  readonly certificatePem: string
  /** Upper-case hexadecimal SHA-1 of the certificate, as Windows and the service's key ids show it. */
  readonly thumbprint: string
  readonly publicJwk: RsaPublicJwk
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface SelfSignedWishes {
  readonly bits: 2048 | 3072 | 4096
  readonly subject: readonly SubjectPart[]
  readonly days: number
  readonly now: Date
  readonly random: Random
  /** What the certificate may be used for, beside the key identifiers that all get. */
  readonly extensions: (x509: typeof import('@peculiar/x509')) => readonly Extension[]
  readonly signal?: AbortSignal
}

/** Makes an RSA key off the main thread and a certificate signed by it with SHA-256. */
export async function selfSigned(wishes: SelfSignedWishes): Promise<SelfSigned> {
  const { notBefore, notAfter } = validity(wishes.days, wishes.now)
  // Two descriptions of the same object: node's own types and those of the browser's API.
  const keys = (await interruptible(generateKey(wishes.bits), wishes.signal)) as CryptoKeyPair
  const x509 = await loadX509()
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(wishes.random),
      name: new x509.Name(nameOf(wishes.subject)),
      notBefore,
      notAfter,
      keys,
      signingAlgorithm: keys.privateKey.algorithm,
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
  const { n, e } = certificate.publicKey.export({ format: 'jwk' })
  return {
    certificate: certificate.raw,
    privateKey: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    certificatePem: certificate.toString(),
    thumbprint: thumbprintOf(certificate),
    publicJwk: { kty: 'RSA', n: n!, e: e! },
    notBefore,
    notAfter,
  }
}

/** Upper-case hexadecimal SHA-1 of a certificate. */
export function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '')
}

async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  // The library's dependency injection needs the metadata API before it loads.
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

function generateKey(bits: number): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: bits,
    publicExponent: Uint8Array.of(1, 0, 1),
  }
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

/** Key generation cannot be stopped, only not be waited for. */
function interruptible<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Sixteen random bytes, positive and without a leading zero (RFC 5280, 4.1.2.2). Hexadecimal. */
function serialNumber(random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes.toString('hex')
}

/** X.500 counts from the country down, people write it the other way round. */
function nameOf(subject: readonly SubjectPart[]) {
  return subject.toReversed().map(({ type, value }) => ({
    [type]: [type === 'C' ? { printableString: value } : { utf8String: value }],
  }))
}
