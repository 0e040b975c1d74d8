import { child, type Element, identifierOf } from './asn1/ber.ts'

/** How a certificate is signed by its issuer. */
export interface CertificateSignature {
  /** For eyes, such as `SHA-256 with RSA`. */
  readonly name: string
  /** Such as `SHA-256`; missing where the algorithm is not known here, or needs none. */
  readonly hash?: string
  readonly with?: 'RSA' | 'ECDSA'
}

const signatures: Readonly<Record<string, readonly [hash: string, by: 'RSA' | 'ECDSA']>> = {
  '1.2.840.113549.1.1.2': ['MD2', 'RSA'],
  '1.2.840.113549.1.1.4': ['MD5', 'RSA'],
  '1.2.840.113549.1.1.5': ['SHA-1', 'RSA'],
  '1.3.14.3.2.29': ['SHA-1', 'RSA'],
  '1.2.840.113549.1.1.11': ['SHA-256', 'RSA'],
  '1.2.840.113549.1.1.12': ['SHA-384', 'RSA'],
  '1.2.840.113549.1.1.13': ['SHA-512', 'RSA'],
  '1.2.840.113549.1.1.14': ['SHA-224', 'RSA'],
  '1.2.840.10045.4.1': ['SHA-1', 'ECDSA'],
  '1.2.840.10045.4.3.1': ['SHA-224', 'ECDSA'],
  '1.2.840.10045.4.3.2': ['SHA-256', 'ECDSA'],
  '1.2.840.10045.4.3.3': ['SHA-384', 'ECDSA'],
  '1.2.840.10045.4.3.4': ['SHA-512', 'ECDSA'],
}

const others: Readonly<Record<string, string>> = {
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

/** Hashes as RSASSA-PSS names them in its parameters (RFC 4055, 3.1). */
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

const PSS = '1.2.840.113549.1.1.10'

/** Reads a `signatureAlgorithm`. @throws MalformedError */
export function readSignature(algorithm: Element): CertificateSignature {
  const oid = identifierOf(child(algorithm, 0))
  const signature = signatures[oid]
  if (signature) {
    const [hash, by] = signature
    return { name: `${hash} with ${by}`, hash, with: by }
  }
  if (oid !== PSS) return { name: others[oid] ?? oid }
  const named = algorithm.children[1]?.children.find(({ tag }) => tag === 0xa0)
  // SHA-1 is what the standard means where nothing is named.
  const hash = named ? hashes[identifierOf(child(child(named, 0), 0))] : 'SHA-1'
  return { name: `${hash ?? 'an unknown hash'} with RSA (PSS)`, ...(hash ? { hash } : {}), with: 'RSA' }
}
