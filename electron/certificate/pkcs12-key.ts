import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** What a derived key is for, RFC 7292, appendix B.3. */
export const purpose = { encryption: 1, iv: 2, integrity: 3 } as const

export interface KeyWish {
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly purpose: (typeof purpose)[keyof typeof purpose]
  /** Undefined is no password at all, which some writers tell from an empty one. */
  readonly password: string | undefined
  readonly salt: Uint8Array
  readonly rounds: number
  /** Bytes. */
  readonly length: number
}

/** PKCS#12's own way from a password to a key (RFC 7292, appendix B.2). Lets others run between blocks. */
export async function pkcs12Key({ hash, password, salt, rounds, length, ...wish }: KeyWish): Promise<Buffer> {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64
  const diversifier = Buffer.alloc(block, wish.purpose)
  const input = Buffer.concat([filled(salt, block), filled(bmpPassword(password), block)])
  const key: Buffer[] = []
  for (let have = 0; have < length; have += key.at(-1)!.length) {
    if (have > 0) {
      await setImmediate()
      addToEach(input, filled(key.at(-1)!, block).subarray(0, block), block)
    }
    let digest = createHash(hash).update(diversifier).update(input).digest()
    for (let round = 1; round < rounds; round++) digest = createHash(hash).update(digest).digest()
    key.push(digest)
  }
  return Buffer.concat(key).subarray(0, length)
}

/** UTF-16, big-endian, with a terminating zero character that an empty password has as well. */
function bmpPassword(password: string | undefined): Buffer {
  return password === undefined ? Buffer.alloc(0) : Buffer.from(`${password}\0`, 'utf16le').swap16()
}

/** Copies of the bytes up to a whole number of blocks; none stay none. */
function filled(bytes: Uint8Array, block: number): Buffer {
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)
}

/** Each block of the input plus the digest plus one, as big-endian numbers that fall over at their end. */
function addToEach(input: Buffer, digest: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1
    for (let at = block - 1; at >= 0; at--) {
      carry += input[start + at]! + digest[at]!
      input[start + at] = carry & 0xff
      carry >>= 8
    }
  }
}
