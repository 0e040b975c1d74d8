import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import { decryptOld } from './old-ciphers.ts'

interface Scheme {
  readonly hash: 'md5' | 'sha1'
  readonly cipher: 'DES' | 'RC2'
}

/** PBES1 (RFC 8018, appendix A.3): what OpenSSL before 1.1 wrote unless told otherwise. MD2 is not read. */
export const pbes1Schemes: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.5.3': { hash: 'md5', cipher: 'DES' },
  '1.2.840.113549.1.5.6': { hash: 'md5', cipher: 'RC2' },
  '1.2.840.113549.1.5.10': { hash: 'sha1', cipher: 'DES' },
  '1.2.840.113549.1.5.11': { hash: 'sha1', cipher: 'RC2' },
}

/** Rounds between two looks at what else there is to do. */
const ROUNDS_A_BREATH = 1000

/** Decrypts by PBES1 (RFC 8018, 6.1.2). @throws MalformedError, WrongPasswordError */
export async function decryptPbes1(
  { hash, cipher }: Scheme,
  { salt, rounds }: { readonly salt: Buffer; readonly rounds: number },
  encrypted: Buffer,
  password: Buffer,
): Promise<Buffer> {
  let derived = createHash(hash).update(password).update(salt).digest()
  for (let round = 1; round < rounds; round++) {
    derived = createHash(hash).update(derived).digest()
    if (round % ROUNDS_A_BREATH === 0) await breath()
  }
  return decryptOld(cipher, derived.subarray(0, 8), derived.subarray(8, 16), encrypted)
}
