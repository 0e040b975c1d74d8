import type { SignatureHash, SigningKey } from '../contract/certificate.ts'
import { SetupError } from '../contract/problem.ts'

/** The public half of an RSA key as JSON Web Keys spell it (RFC 7518, 6.3): unpadded base64url, big-endian. */
export interface RsaPublicJwk {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
}

/** The public half of an EC key as JSON Web Keys spell it (RFC 7518, 6.2). */
interface EcPublicJwk {
  readonly kty: 'EC'
  readonly crv: Curve
  readonly x: string
  readonly y: string
}

export type PublicJwk = RsaPublicJwk | EcPublicJwk

/** The curves that tokens can be signed on, by their names in JSON Web Keys and in the Web Cryptography API. */
type Curve = 'P-256' | 'P-384' | 'P-521'

/** Algorithms of token signatures, RFC 7518, 3.1. */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'ES512'

export interface KeyKind {
  /** For eyes, such as `RSA-2048` or `ECDSA P-256`. */
  readonly name: string
  /** What the key is made by. */
  readonly generation:
    | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly bits: 2048 | 3072 | 4096 }
    | { readonly name: 'ECDSA'; readonly curve: Curve }
  /** Hashes its certificate can be signed with, the one used without a wish first. */
  readonly hashes: readonly [SignatureHash, ...SignatureHash[]]
}

/** Pairs of curve and hash that the service supports: https://academy.creatio.com/documents?id=2565 */
export const keyKinds: Readonly<Record<SigningKey, KeyKind>> = {
  'RSA-2048': rsa(2048),
  'RSA-3072': rsa(3072),
  'RSA-4096': rsa(4096),
  'ECDSA-P256': ecdsa('P-256', 'SHA-256'),
  'ECDSA-P384': ecdsa('P-384', 'SHA-384'),
  'ECDSA-P521': ecdsa('P-521', 'SHA-512'),
}

/**
 * The hash for a certificate's own signature: the one wished for, or the key's usual one.
 *
 * @throws SetupError `certificate.hash`
 */
export function hashFor(key: SigningKey, wished?: SignatureHash): SignatureHash {
  refuseHash(key, wished)
  return wished ?? keyKinds[key].hashes[0]
}

/** @throws SetupError `certificate.hash` when a curve is paired with another hash than its own */
export function refuseHash(key: SigningKey, hash: SignatureHash | undefined): void {
  const { name, hashes } = keyKinds[key]
  if (hash === undefined || hashes.includes(hash)) return
  throw new SetupError({
    code: 'certificate.hash',
    what: `A certificate with an ${name} key cannot be signed with ${hash}.`,
    cause: `The Identity Service supports ${name} with ${hashes.join(', ')} only.`,
    next: `Choose ${hashes.join(', ')}, or leave the hash out.`,
  })
}

/** The algorithm the service signs its tokens with. The hash of the certificate's own signature plays no part in it. */
export function signingAlgorithm(key: PublicJwk): SigningAlgorithm {
  return key.kty === 'RSA' ? 'RS256' : algorithmOf[key.crv]
}

/**
 * The key id that the service publishes and puts into its tokens: the thumbprint and the algorithm in one
 * (`X509SecurityKey` with the algorithm appended, as IdentityServer4 does).
 *
 * @param thumbprint hexadecimal SHA-1 of the certificate.
 */
export function kidOf(thumbprint: string, algorithm: SigningAlgorithm): string {
  return thumbprint.toUpperCase() + algorithm
}

const algorithmOf = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const

function rsa(bits: 2048 | 3072 | 4096): KeyKind {
  return {
    name: `RSA-${bits}`,
    generation: { name: 'RSASSA-PKCS1-v1_5', bits },
    hashes: ['SHA-256', 'SHA-384', 'SHA-512'],
  }
}

function ecdsa(curve: Curve, hash: SignatureHash): KeyKind {
  return { name: `ECDSA ${curve}`, generation: { name: 'ECDSA', curve }, hashes: [hash] }
}
