import assert from 'node:assert/strict'
import { createPublicKey, verify, X509Certificate } from 'node:crypto'

/** What a reader that knows nothing of this program has to find in a file, and prove that it can sign with it. */
export interface Expected {
  /** PEM. */
  readonly certificate: string
  readonly algorithm: 'RS256' | 'ES256' | 'ES384' | 'ES512'
  /** PEM of the root of its chain; left out: it is signed by itself. */
  readonly root?: string
}

export interface Found {
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  /** Made with the private key over {@link SIGNED}, with the hash of the token algorithm. */
  readonly signature: Buffer
}

/** What every reader signs. */
export const SIGNED = 'header.payload'

/** SHA-256, SHA-384 or SHA-512: the hash of a token algorithm. */
export function hashOf(algorithm: Expected['algorithm']): 'sha256' | 'sha384' | 'sha512' {
  return `sha${algorithm.slice(2)}` as 'sha256' | 'sha384' | 'sha512'
}

/** Fails unless the reader has found this certificate and signs with its key. Works under any test runner. */
export function expectFound(
  reader: string,
  { thumbprint, signature }: Found,
  { certificate, algorithm }: Expected,
  encoding: 'der' | 'ieee-p1363',
): void {
  const own = new X509Certificate(certificate)
  assert.equal(thumbprint, own.fingerprint.replaceAll(':', ''), reader)
  const key = { key: createPublicKey(certificate), dsaEncoding: encoding } as const
  assert.ok(verify(hashOf(algorithm), Buffer.from(SIGNED), key, signature), `${reader}: the signature`)
}
