import { realRandom } from '../machine/clock-and-random.ts'
import type { Secret } from '../secrets/secret.ts'
import { octets, sequence } from './asn1/der.ts'
import { encryptAes } from './pkcs12/protection.ts'

/**
 * This file may travel, and its password is all that keeps it, so guessing is made expensive: OWASP's Password Storage
 * Cheat Sheet asks for 600 000 rounds of PBKDF2 with HMAC-SHA-256. A reader takes a fraction of a second for them.
 */
const ROUNDS = 600_000

/** A text block of RFC 7468: the label, and the bytes in lines of 64 characters. */
export function pemBlock(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** One certificate. @param der DER. */
export function certificatePem(der: Uint8Array): string {
  return pemBlock('CERTIFICATE', der)
}

/** Certificates one after the other, as servers and openssl take a chain: the own one first. @param ders DER. */
export function chainPem(ders: readonly Uint8Array[]): string {
  return ders.map((der) => certificatePem(der)).join('')
}

/**
 * A private key that only its password opens: PKCS#8, AES-256-CBC (PBES2, RFC 8018). Readable by openssl 1.1 and later
 * and by .NET's `ImportFromEncryptedPem`.
 *
 * Put together here because the `export` of node's keys counts 2048 rounds and cannot be told another number.
 *
 * @param privateKey PKCS#8, DER.
 * @param password not empty; see `refuseWeakPassword`.
 */
export async function encryptedKeyPem(privateKey: Uint8Array, password: Secret): Promise<string> {
  const { algorithm, bytes } = await encryptAes(privateKey, password.open(), ROUNDS, realRandom)
  return pemBlock('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(bytes)))
}
