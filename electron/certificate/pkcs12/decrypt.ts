import { createDecipheriv, pbkdf2, scrypt, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import { child, type Element, identifierOf, MalformedError, numberOf, octetsOf } from '../asn1/ber.ts'
import { decryptOld } from './old-ciphers.ts'
import { derivePkcs12, purpose, type SpelledPassword } from './password.ts'
import { decryptPbes1, pbes1Schemes } from './pbes1.ts'
import { UnsupportedError, WrongPasswordError } from './refusals.ts'

/** A hostile file could otherwise keep the program counting for hours. */
const MOST_ROUNDS = 10_000_000
const MOST_MEMORY = 256 * 1024 * 1024

const derive = promisify(pbkdf2)
const deriveHard = promisify<string | Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** Pseudo-random functions of PBKDF2 (RFC 8018, appendix B.1), by node's names of their hashes. */
const hmacs: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

/** Ciphers of PBES2, all in CBC mode. */
const ciphers: Readonly<Record<string, { name: string; node: string; bytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'AES-128', node: 'aes-128-cbc', bytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'AES-192', node: 'aes-192-cbc', bytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'AES-256', node: 'aes-256-cbc', bytes: 32 },
  '1.2.840.113549.3.7': { name: '3DES', node: 'des-ede3-cbc', bytes: 24 },
}

/** Password-based encryption of PKCS#12 itself (RFC 7292, appendix C). */
const ownCiphers: Readonly<Record<string, { name: string; bytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { name: '3DES', bytes: 24 },
  '1.2.840.113549.1.12.1.4': { name: '3DES with two keys', bytes: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'RC2-128', bytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'RC2-40', bytes: 5 },
}

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const SCRYPT = '1.3.6.1.4.1.11591.4.11'

/**
 * Decrypts what an `AlgorithmIdentifier` says how to: PBES2 with AES or 3DES, PKCS#12's own 3DES and RC2, and
 * PBES1 with DES and RC2.
 * @throws MalformedError, UnsupportedError, WrongPasswordError
 */
export async function decrypt(
  algorithm: Element,
  encrypted: Buffer,
  password: SpelledPassword,
): Promise<{ readonly plain: Buffer; readonly cipher: string }> {
  const scheme = identifierOf(child(algorithm, 0))
  if (scheme === PBES2) return pbes2(child(algorithm, 1, 0x30), encrypted, password)
  const own = ownCiphers[scheme]
  const pbes1 = pbes1Schemes[scheme]
  if (!own && !pbes1) throw new UnsupportedError(nameOfScheme(scheme))
  const parameters = child(algorithm, 1, 0x30)
  const derivation = { salt: octetsOf(child(parameters, 0, 0x04)), rounds: roundsOf(child(parameters, 1)) }
  if (own) return { plain: await decryptOwn(own, derivation, encrypted, password), cipher: own.name }
  return { plain: await decryptPbes1(pbes1!, derivation, encrypted, password.narrow), cipher: pbes1!.cipher }
}

/** A hash by the identifier of its HMAC; SHA-1 where PBKDF2 does not name one. @throws UnsupportedError */
export function hmacOf(algorithm: Element | undefined): string {
  if (!algorithm) return 'sha1'
  const oid = identifierOf(child(algorithm, 0))
  const hash = hmacs[oid]
  if (hash === undefined) throw new UnsupportedError(`the HMAC ${oid}`)
  return hash
}

/** How often a key derivation repeats. @throws MalformedError, UnsupportedError */
export function roundsOf(element: Element): number {
  const rounds = numberOf(element)
  if (rounds < 1) throw new MalformedError('No rounds.')
  if (rounds > MOST_ROUNDS) throw new UnsupportedError(`a key derivation of ${rounds} rounds`)
  return rounds
}

/** PBKDF2 by its `AlgorithmIdentifier` (RFC 8018, appendix A.2). @throws MalformedError, UnsupportedError */
export async function derivePbkdf2(
  algorithm: Element,
  { narrow }: SpelledPassword,
  bytes?: number,
): Promise<Buffer> {
  if (identifierOf(child(algorithm, 0)) !== PBKDF2)
    throw new UnsupportedError('a key derivation beside PBKDF2')
  const [salt, rounds, ...rest] = child(algorithm, 1, 0x30).children
  if (salt?.tag !== 0x04 || !rounds) throw new MalformedError('No PBKDF2.')
  const told = rest.find(({ tag }) => tag === 0x02)
  const length = bytes ?? (told ? numberOf(told) : 0)
  if (length < 1 || length > 128) throw new MalformedError('No length of a key.')
  const hash = hmacOf(rest.find(({ tag }) => tag === 0x30))
  return derive(narrow, octetsOf(salt), roundsOf(rounds), length, hash)
}

async function decryptOwn(
  { name, bytes }: { readonly name: string; readonly bytes: number },
  derivation: { readonly salt: Buffer; readonly rounds: number },
  encrypted: Buffer,
  password: SpelledPassword,
): Promise<Buffer> {
  const part = { hash: 'sha1', ...derivation }
  const key = await derivePkcs12(password, { ...part, purpose: purpose.encryption, bytes })
  const iv = await derivePkcs12(password, { ...part, purpose: purpose.iv, bytes: 8 })
  if (name.startsWith('RC2')) return decryptOld('RC2', key, iv, encrypted)
  const whole = key.length === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key
  return cbc('des-ede3-cbc', whole, iv, encrypted)
}

async function pbes2(parameters: Element, encrypted: Buffer, password: SpelledPassword) {
  const derivation = child(parameters, 0, 0x30)
  const encryption = child(parameters, 1, 0x30)
  const oid = identifierOf(child(encryption, 0))
  const cipher = ciphers[oid]
  if (!cipher) throw new UnsupportedError(`the cipher ${oid}`)
  const iv = octetsOf(child(encryption, 1, 0x04))
  const key =
    identifierOf(child(derivation, 0)) === SCRYPT
      ? await deriveScrypt(child(derivation, 1, 0x30), password, cipher.bytes)
      : await derivePbkdf2(derivation, password, cipher.bytes)
  return { plain: cbc(cipher.node, key, iv, encrypted), cipher: cipher.name }
}

/** RFC 7914, 7: what `openssl pkcs8 -scrypt` writes. */
async function deriveScrypt(
  parameters: Element,
  { narrow }: SpelledPassword,
  bytes: number,
): Promise<Buffer> {
  const [N, r, p] = [1, 2, 3].map((index) => numberOf(child(parameters, index)))
  if (128 * N! * r! > MOST_MEMORY || p! > 16) throw new UnsupportedError('scrypt of that much memory')
  try {
    const limits = { N: N!, r: r!, p: p!, maxmem: 2 * MOST_MEMORY }
    return await deriveHard(narrow, octetsOf(child(parameters, 0, 0x04)), bytes, limits)
  } catch {
    throw new MalformedError('Parameters that scrypt does not take.')
  }
}

function cbc(cipher: string, key: Buffer, iv: Buffer, encrypted: Buffer): Buffer {
  const blockBytes = cipher.startsWith('des') ? 8 : 16
  if (iv.length !== blockBytes || encrypted.length === 0 || encrypted.length % blockBytes !== 0)
    throw new MalformedError('Not whole blocks.')
  const decipher = createDecipheriv(cipher, key, iv)
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()])
  } catch {
    // The padding at the end is not one: of wrong keys, 255 in 256 show here.
    throw new WrongPasswordError('The padding is wrong.')
  }
}

function nameOfScheme(oid: string): string {
  if (oid.startsWith('1.2.840.113549.1.12.1.')) return 'RC4'
  if (oid.startsWith('1.2.840.113549.1.5.')) return 'DES or RC2 with MD2 (PBES1)'
  return `the encryption ${oid}`
}
