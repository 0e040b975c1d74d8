import { createCipheriv, createHmac, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { PfxProfile } from '../../contract/certificate.ts'
import type { Random } from '../../machine/machine.ts'
import { identifier, integer, nothing, octets, sequence } from '../asn1/der.ts'
import { derivePkcs12, purpose, spellingsOf } from './password.ts'

/** An encrypted element: its AlgorithmIdentifier in DER, and the bytes. */
export interface Encrypted {
  readonly algorithm: Buffer
  readonly bytes: Buffer
}

const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha1: '1.3.14.3.2.26',
  pbeSha1TripleDes: '1.2.840.113549.1.12.1.3',
} as const

const deriveKey = promisify(pbkdf2)

/** AES-256-CBC with a key by PBKDF2 and HMAC-SHA-256 (PBES2, RFC 8018, 6.2). Takes the password as UTF-8. */
export async function encryptAes(
  plain: Uint8Array,
  password: string,
  rounds: number,
  random: Random,
): Promise<Encrypted> {
  const salt = random.bytes(16)
  const iv = random.bytes(16)
  const key = await deriveKey(password, salt, rounds, 32, 'sha256')
  const algorithm = sequence(
    identifier(oid.pbes2),
    sequence(
      sequence(
        identifier(oid.pbkdf2),
        sequence(octets(salt), integer(rounds), sequence(identifier(oid.hmacSha256), nothing())),
      ),
      sequence(identifier(oid.aes256Cbc), octets(iv)),
    ),
  )
  return { algorithm, bytes: encipher('aes-256-cbc', key, iv, plain) }
}

/** How a profile keeps the parts of a PFX and seals the whole, always with an empty password. */
export interface Protection {
  encrypt(plain: Uint8Array, random: Random): Promise<Encrypted>
  /** MacData, RFC 7292, 4. */
  seal(contents: Uint8Array, random: Random): Promise<Buffer>
}

/**
 * The file has no password (the service opens it with none), so more rounds would protect nothing and only cost time
 * at each start. 2048 is what openssl writes.
 */
const ROUNDS = 2048

export const protections: Readonly<Record<PfxProfile, Protection>> = {
  'AES-256': {
    encrypt: (plain, random) => encryptAes(plain, '', ROUNDS, random),
    seal: (contents, random) => seal('sha256', contents, random),
  },
  '3DES': {
    encrypt: encryptTripleDes,
    seal: (contents, random) => seal('sha1', contents, random),
  },
}

/** Without a password still means an empty text to this derivation: what openssl and Windows open the file with. */
const EMPTY = spellingsOf('')[0]!

/** pbeWithSHAAnd3-KeyTripleDES-CBC, RFC 7292, appendix C: what Windows before Server 2019 reads. */
async function encryptTripleDes(plain: Uint8Array, random: Random): Promise<Encrypted> {
  const salt = random.bytes(8)
  const from = { hash: 'sha1', salt, rounds: ROUNDS }
  const key = await derivePkcs12(EMPTY, { ...from, purpose: purpose.encryption, bytes: 24 })
  const iv = await derivePkcs12(EMPTY, { ...from, purpose: purpose.iv, bytes: 8 })
  const algorithm = sequence(identifier(oid.pbeSha1TripleDes), sequence(octets(salt), integer(ROUNDS)))
  return { algorithm, bytes: encipher('des-ede3-cbc', key, iv, plain) }
}

async function seal(hash: 'sha1' | 'sha256', contents: Uint8Array, random: Random): Promise<Buffer> {
  const salt = random.bytes(16)
  const bytes = hash === 'sha1' ? 20 : 32
  const key = await derivePkcs12(EMPTY, { purpose: purpose.integrity, hash, salt, rounds: ROUNDS, bytes })
  const digest = createHmac(hash, key).update(contents).digest()
  return sequence(
    sequence(sequence(identifier(oid[hash]), nothing()), octets(digest)),
    octets(salt),
    integer(ROUNDS),
  )
}

function encipher(cipher: string, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Buffer {
  const work = createCipheriv(cipher, key, iv)
  return Buffer.concat([work.update(plain), work.final()])
}
