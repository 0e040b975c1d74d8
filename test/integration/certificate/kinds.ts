import type { PfxProfile, SignatureHash, SigningKey } from '../../../electron/contract/certificate.ts'

/** A key and the hash of its certificate's own signature, as the wizard offers them and as openssl calls them. */
export interface Kind {
  readonly key: SigningKey
  readonly hash: SignatureHash
  /** Of token signatures: RFC 7518, 3.1. The certificate's hash plays no part in it. */
  readonly algorithm: 'RS256' | 'ES256' | 'ES384' | 'ES512'
  /** What `openssl req` takes to make such a certificate. */
  readonly openssl: readonly string[]
}

/** Everything the service can sign with. https://academy.creatio.com/documents?id=2565 */
export const kinds: readonly Kind[] = [
  rsa(2048, 'SHA-256'),
  rsa(2048, 'SHA-384'),
  rsa(2048, 'SHA-512'),
  rsa(3072, 'SHA-256'),
  rsa(4096, 'SHA-256'),
  ecdsa('P-256', 'SHA-256', 'ES256'),
  ecdsa('P-384', 'SHA-384', 'ES384'),
  ecdsa('P-521', 'SHA-512', 'ES512'),
]

export const profiles: readonly PfxProfile[] = ['AES-256', '3DES']

/** Two alphabets, CJK, and a character beyond the first 65 536, which UTF-16 writes as two. */
const NON_ASCII = 'Grüße-Пароль-密码-🔑'

/** None, ASCII, not ASCII: PKCS#12 derives its keys from UTF-16, PBES2 from UTF-8. */
export const passwords = { none: '', ascii: 'correct horse 7!', 'not ascii': NON_ASCII } as const

/** A file name's worth: `RSA-2048-SHA-384`. */
export function nameOf({ key, hash }: Kind): string {
  return `${key}-${hash}`
}

function rsa(bits: 2048 | 3072 | 4096, hash: SignatureHash): Kind {
  const openssl = ['-newkey', `rsa:${bits}`, digest(hash)]
  return { key: `RSA-${bits}`, hash, algorithm: 'RS256', openssl }
}

function ecdsa(curve: 'P-256' | 'P-384' | 'P-521', hash: SignatureHash, algorithm: Kind['algorithm']): Kind {
  const openssl = ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`, digest(hash)]
  return { key: `ECDSA-${curve.replace('-', '') as 'P256' | 'P384' | 'P521'}`, hash, algorithm, openssl }
}

function digest(hash: SignatureHash): string {
  return `-${hash.replace('-', '').toLowerCase()}`
}
