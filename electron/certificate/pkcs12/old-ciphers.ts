import type Forge from 'node-forge'
import { MalformedError } from '../asn1/ber.ts'
import { WrongPasswordError } from './refusals.ts'

type OldCipher = 'RC2' | 'DES'

/**
 * Decrypts RC2 or single DES in CBC mode: Windows encrypted certificates with RC2 until 2018, OpenSSL before 1.1 private
 * keys with DES. Neither is among the ciphers of OpenSSL 3 as it comes, and RC2 was never in BoringSSL.
 * @param key of RC2 as long as its effective bits
 * @throws MalformedError, WrongPasswordError
 */
export async function decryptOld(
  cipher: OldCipher,
  key: Buffer,
  iv: Buffer,
  encrypted: Buffer,
): Promise<Buffer> {
  if (iv.length !== 8 || encrypted.length === 0 || encrypted.length % 8 !== 0)
    throw new MalformedError('Not whole blocks.')
  const { default: forge } = await import('node-forge')
  const work = begun(forge, cipher, key.toString('latin1'), iv.toString('latin1'))
  work.update(forge.util.createBuffer(encrypted.toString('latin1')))
  work.finish()
  const plain = Buffer.from(work.output.getBytes(), 'latin1')
  if (plain.length >= encrypted.length || encrypted.length - plain.length > 8)
    throw new WrongPasswordError('The padding is wrong.')
  return plain
}

/** The two take their initialization vector in ways of their own. */
function begun(forge: typeof Forge, cipher: OldCipher, key: string, iv: string) {
  if (cipher === 'DES') {
    const des = forge.cipher.createDecipher('DES-CBC', key)
    des.start({ iv })
    return des
  }
  const rc2 = forge.rc2.createDecryptionCipher(key, key.length * 8)
  rc2.start(iv)
  return rc2
}
