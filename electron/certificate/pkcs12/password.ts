import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'

/** One password as the two key derivations in PKCS#12 files take it. Both are secrets. */
export interface SpelledPassword {
  /** UTF-16, big-endian, with a zero character at its end (RFC 7292, appendix B.1); no bytes at all for "none". */
  readonly wide: Buffer
  /** UTF-8 (RFC 8018), for PBES2 and PBMAC1. */
  readonly narrow: Buffer
}

/**
 * The ways in which writers spell this password, the standard's first. An empty one is an empty text for some and
 * none for others. OpenSSL before 1.1 widened the single bytes of UTF-8 (its manual, `openssl pkcs12`, on
 * international passwords); NSS gives PBES2 the wide form as well.
 */
export function spellingsOf(password: string): readonly SpelledPassword[] {
  const narrow = Buffer.from(password)
  const wide = widened(password)
  if (password === '')
    return [
      { wide, narrow },
      { wide: narrow, narrow },
    ]
  const beyondAscii = narrow.length !== password.length
  return [
    { wide, narrow },
    { wide, narrow: wide },
    ...(beyondAscii ? [{ wide: widened(narrow.toString('latin1')), narrow }] : []),
  ]
}

/** What a derived key is for: the ID byte of RFC 7292, appendix B.3. */
export const purpose = { encryption: 1, iv: 2, integrity: 3 } as const

export interface Derivation {
  readonly purpose: (typeof purpose)[keyof typeof purpose]
  /** Node's name, such as `sha1`. */
  readonly hash: string
  readonly salt: Uint8Array
  readonly rounds: number
  /** Length of the key. */
  readonly bytes: number
}

/** Rounds between two looks at what else there is to do: a few milliseconds, some ten with Electron's slower hashes. */
const ROUNDS_A_BREATH = 1000

/** The key derivation of PKCS#12 (RFC 7292, appendix B.2). */
export async function derivePkcs12(
  { wide }: SpelledPassword,
  { purpose: id, hash, salt, rounds, bytes }: Derivation,
): Promise<Buffer> {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64
  const fill = (part: Uint8Array) =>
    part.length === 0 ? Buffer.alloc(0) : Buffer.alloc(Math.ceil(part.length / block) * block, part)
  const diversifier = Buffer.alloc(block, id)
  const input = Buffer.concat([fill(salt), fill(wide)])
  const output: Buffer[] = []
  for (let have = 0; have < bytes;) {
    let digest = createHash(hash).update(diversifier).update(input).digest()
    for (let round = 1; round < rounds; round++) {
      digest = createHash(hash).update(digest).digest()
      if (round % ROUNDS_A_BREATH === 0) await breath()
    }
    output.push(digest)
    have += digest.length
    const step = Buffer.alloc(block, digest)
    for (let at = 0; at < input.length; at += block) addPlusOne(input.subarray(at, at + block), step)
  }
  return Buffer.concat(output).subarray(0, bytes)
}

/** `number = number + step + 1`, big-endian, what does not fit is dropped. */
function addPlusOne(number: Buffer, step: Buffer): void {
  let carry = 1
  for (let at = number.length - 1; at >= 0; at--) {
    carry += number[at]! + step[at]!
    number[at] = carry & 0xff
    carry >>= 8
  }
}

function widened(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le').swap16()
}
