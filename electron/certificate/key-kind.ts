import { child, type Element, identifierOf, MalformedError, readElement } from './asn1/ber.ts'
import type { PublicJwk, SigningAlgorithm } from './keys.ts'

/** By its name in JSON Web Keys. */
type Curve = Extract<PublicJwk, { kty: 'EC' }>['crv']

/** What a public key is, read from its own bytes: BoringSSL gives no answer for the kinds it lacks. */
export interface KeyKind {
  /** Such as `RSA-2048`, `ECDSA P-256`, `Ed25519` or `EC secp256k1`. */
  readonly name: string
  /** Of an RSA key. */
  readonly bits?: number
  /** Of an EC key on a curve of ES256, ES384 or ES512. */
  readonly curve?: Curve
}

const byCurve = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const

const RSA = '1.2.840.113549.1.1.1'
const EC = '1.2.840.10045.2.1'

const signingCurves: Readonly<Record<string, Curve>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
}

const otherCurves: Readonly<Record<string, string>> = {
  '1.3.132.0.10': 'P-256K (secp256k1)',
  '1.3.132.0.33': 'P-224',
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
}

const otherKinds: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
}

/** The kind of a `SubjectPublicKeyInfo` (RFC 5280, 4.1.2.7). @throws MalformedError */
export function kindOfPublicKey(info: Element): KeyKind {
  const algorithm = child(info, 0, 0x30)
  const bits = child(info, 1, 0x03)
  if (identifierOf(child(algorithm, 0)) !== RSA) return kindOfAlgorithm(algorithm)
  // The first byte counts unused bits: none in whole bytes.
  const modulus = child(readElement(bits.content.subarray(1)), 0, 0x02).content
  const first = modulus.findIndex((byte) => byte !== 0)
  if (first < 0) throw new MalformedError('An empty modulus.')
  const length = (modulus.length - first) * 8 - (Math.clz32(modulus[first]!) - 24)
  return { name: `RSA-${length}`, bits: length }
}

/** What an `AlgorithmIdentifier` alone tells: all but the length of an RSA key. @throws MalformedError */
export function kindOfAlgorithm(algorithm: Element): KeyKind {
  const oid = identifierOf(child(algorithm, 0))
  if (oid === RSA) return { name: 'RSA' }
  if (oid !== EC) return { name: otherKinds[oid] ?? `algorithm ${oid}` }
  return kindOfCurve(child(algorithm, 1))
}

/** What the parameters of an EC key tell (RFC 5480, 2.1.1). @throws MalformedError */
export function kindOfCurve(parameters: Element): KeyKind {
  if (parameters.tag !== 0x06) return { name: 'EC with a curve of its own' }
  const named = identifierOf(parameters)
  const curve = signingCurves[named]
  return curve ? { name: `ECDSA ${curve}`, curve } : { name: `EC ${otherCurves[named] ?? named}` }
}

/**
 * The algorithm that the service signs with by such a key (RFC 7518, 3.1); undefined for keys it cannot sign with. RSA
 * below 2048 bits is refused by .NET's token library:
 * https://learn.microsoft.com/dotnet/api/microsoft.identitymodel.tokens.asymmetricsignatureprovider
 */
export function signingAlgorithmOf({ bits, curve }: KeyKind): SigningAlgorithm | undefined {
  if (curve !== undefined) return byCurve[curve]
  return bits !== undefined && bits >= 2048 ? 'RS256' : undefined
}
