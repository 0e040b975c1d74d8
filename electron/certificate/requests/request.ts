import { webcrypto } from 'node:crypto'
import type { SignatureHash, SigningKey } from '../../contract/certificate.ts'
import { makeKeyPair } from '../key-pair.ts'
import { hashFor, type PublicJwk } from '../keys.ts'
import { pemBlock } from '../pem.ts'
import { parseSubject } from '../subject.ts'
import { loadX509, nameOf } from '../x509-library.ts'

export interface RequestWishes {
  readonly key: SigningKey
  /** Of the request's own signature, and what authorities usually take for the certificate. Default as in `hashFor`. */
  readonly hash?: SignatureHash
  /** A distinguished name; see {@link parseSubject}. */
  readonly subject: string
  /** Ends the waiting with the signal's reason. */
  readonly signal?: AbortSignal
}

/** A certificate request made here, with its key. */
export interface MadeRequest {
  /** For the authority. */
  readonly csrPem: string
  readonly csrDer: Uint8Array
  /** PKCS#8, DER. A secret; without it the certificate that comes back is of no use. */
  readonly privateKey: Buffer
  readonly publicJwk: PublicJwk
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer
  readonly subject: string
  readonly key: SigningKey
}

/**
 * Makes a key and asks, in a form for any authority (PKCS#10, RFC 2986), for a certificate that may sign with it: the
 * key usage digitalSignature is asked for, as a self-signed certificate has it.
 *
 * @throws SetupError `certificate.subject`, `certificate.hash`; the signal's reason
 */
export async function createRequest(wishes: RequestWishes): Promise<MadeRequest> {
  const subject = parseSubject(wishes.subject)
  const hash = hashFor(wishes.key, wishes.hash)
  const [x509, pair] = await Promise.all([loadX509(), makeKeyPair(wishes.key, hash, wishes.signal)])
  const { keys, signingAlgorithm, privateKey, publicJwk } = pair
  const made = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name: new x509.Name(nameOf(subject.parts)),
      keys,
      signingAlgorithm,
      extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
    },
    webcrypto as Crypto,
  )
  wishes.signal?.throwIfAborted()
  const csrDer = Buffer.from(made.rawData)
  return {
    csrPem: pemBlock('CERTIFICATE REQUEST', csrDer),
    csrDer,
    privateKey,
    publicJwk,
    publicKey: Buffer.from(made.publicKey.rawData),
    subject: subject.text,
    key: wishes.key,
  }
}
