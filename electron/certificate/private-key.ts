import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { child, type Element, MalformedError, octetsOf, readElement } from './asn1/ber.ts'
import { type KeyKind, kindOfAlgorithm, kindOfCurve } from './key-kind.ts'
import { decrypt } from './pkcs12/decrypt.ts'
import { decryptOld } from './pkcs12/old-ciphers.ts'
import { spellingsOf } from './pkcs12/password.ts'
import { WrongPasswordError } from './pkcs12/refusals.ts'

/** A private key that was found in a file. */
export interface FoundKey {
  /** PKCS#8, DER. A secret. */
  readonly pkcs8: Buffer
  /** The algorithm; of RSA without its length. */
  readonly kind: KeyKind
  /** `SubjectPublicKeyInfo`, DER; missing for kinds that the crypto library does not know. */
  readonly publicKey?: Buffer
}

/** How private keys are written: PKCS#8 (RFC 5958), encrypted or not, PKCS#1 (RFC 8017) and SEC 1 (RFC 5915). */
export type KeyForm = 'pkcs8' | 'encrypted-pkcs8' | 'pkcs1' | 'sec1'

/** Tells whether a structure is a private key, and in which form. */
export function keyFormOf({ tag, children }: Element): KeyForm | undefined {
  if (tag !== 0x30) return undefined
  const [first, second] = children
  const tags = children.map((part) => part.tag)
  if (first?.tag === 0x30 && second?.tag === 0x04 && tags.length === 2)
    return first.children[0]?.tag === 0x06 ? 'encrypted-pkcs8' : undefined
  if (first?.tag !== 0x02) return undefined
  if (second?.tag === 0x30 && tags[2] === 0x04) return 'pkcs8'
  if (tags.length >= 9 && tags.slice(0, 9).every((part) => part === 0x02)) return 'pkcs1'
  return second?.tag === 0x04 && first.content.toString('hex') === '01' ? 'sec1' : undefined
}

/** Reads a private key that is not encrypted. @throws MalformedError */
export function readKey(element: Element, form: Exclude<KeyForm, 'encrypted-pkcs8'>): FoundKey {
  const kind = form === 'pkcs8' ? kindOfAlgorithm(child(element, 1, 0x30)) : undefined
  // What cannot sign here anyway is named and not opened: BoringSSL does not know all of them.
  if (kind && !canSign(kind)) return { pkcs8: element.raw, kind }
  if (form === 'sec1') {
    const named = element.children.find(({ tag }) => tag === 0xa0)
    const sec1 = named ? kindOfCurve(child(named, 0)) : undefined
    if (sec1 && !canSign(sec1)) return { pkcs8: element.raw, kind: sec1 }
  }
  try {
    const key = createPrivateKey({ key: element.raw, format: 'der', type: form })
    const pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
    return {
      pkcs8,
      kind: kind ?? kindOfAlgorithm(child(readElement(pkcs8), 1, 0x30)),
      publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    }
  } catch (error) {
    throw new MalformedError('The crypto library does not read the private key.', { cause: error })
  }
}

/** Decrypts an `EncryptedPrivateKeyInfo`. @throws MalformedError, UnsupportedError, WrongPasswordError */
export async function openKey(element: Element, password: string): Promise<FoundKey> {
  const bytes = octetsOf(child(element, 1, 0x04))
  for (const spelling of spellingsOf(password))
    try {
      const { plain } = await decrypt(child(element, 0, 0x30), bytes, spelling)
      const key = readElement(plain)
      if (keyFormOf(key) === 'pkcs8') return readKey(key, 'pkcs8')
    } catch (error) {
      // One wrong key in 256 ends in what looks like padding; what it decrypts to is no structure then.
      if (!(error instanceof WrongPasswordError || error instanceof MalformedError)) throw error
    }
  throw new WrongPasswordError('No spelling of the password opens the private key.')
}

/** Reads an old PEM key that its headers call encrypted. @throws MalformedError, WrongPasswordError */
export function openOldKey(pem: string, password: string): FoundKey {
  let pkcs8: Buffer
  try {
    const key = createPrivateKey({ key: pem, format: 'pem', passphrase: password })
    pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
  } catch {
    throw new WrongPasswordError('The private key does not open.')
  }
  return readKey(readElement(pkcs8), 'pkcs8')
}

/**
 * Reads an old PEM key under single DES, which the crypto library no longer does: its key is the MD5 of the password and
 * the vector (OpenSSL's `EVP_BytesToKey`, as `PEM_read_bio_PrivateKey` of its manual describes).
 * @throws MalformedError, WrongPasswordError
 */
export async function openDesKey(encrypted: Buffer, iv: Buffer, password: string): Promise<FoundKey> {
  const key = createHash('md5').update(password).update(iv).digest().subarray(0, 8)
  const plain = await decryptOld('DES', key, iv, encrypted)
  try {
    const element = readElement(plain)
    const form = keyFormOf(element)
    if (form !== undefined && form !== 'encrypted-pkcs8') return readKey(element, form)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
  }
  // One wrong key in 256 ends in what looks like padding; what it decrypts to is no structure then.
  throw new WrongPasswordError('The private key does not open.')
}

function canSign({ name, curve }: KeyKind): boolean {
  return name === 'RSA' || curve !== undefined
}
