import { createHash } from 'node:crypto'
import type { PfxProfile } from '../../contract/certificate.ts'
import type { Random } from '../../machine/machine.ts'
import { bmpString, identifier, integer, octets, sequence, setOf, tagged, taggedOctets } from '../asn1/der.ts'
import { protections } from './protection.ts'

const oid = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const

export interface PfxContents {
  /** DER: the key's own first, then its chain as far as known. */
  readonly certificates: readonly Uint8Array[]
  /** PKCS#8, DER. */
  readonly privateKey: Uint8Array
  /** What Windows shows in its certificate lists. */
  readonly friendlyName: string
  readonly profile: PfxProfile
  readonly random: Random
}

/**
 * A PKCS#12 file (RFC 7292) with an empty password: certificates and one private key, encrypted and sealed as the
 * profile says: AES-256-CBC (PBES2, RFC 8018) with HMAC-SHA-256, or 3DES with HMAC-SHA-1 for readers that know no other.
 *
 * Written here because the maintained library at hand, node-forge, seals with SHA-1 only, leaves certificates
 * unencrypted and knows no EC keys. Readers are tested: openssl, .NET (null password), node's TLS (empty password).
 */
export async function writePfx(wanted: PfxContents): Promise<Uint8Array> {
  const { certificates, privateKey, friendlyName, random } = wanted
  const { encrypt, seal } = protections[wanted.profile]
  const own = certificates[0]
  if (own === undefined) throw new RangeError('A PFX needs the certificate of its key.')
  const attributes = setOf(
    sequence(identifier(oid.friendlyName), setOf(bmpString(friendlyName))),
    sequence(identifier(oid.localKeyId), setOf(octets(createHash('sha1').update(own).digest()))),
  )
  const key = await encrypt(privateKey, random)
  const keyBag = sequence(
    identifier(oid.shroudedKeyBag),
    tagged(0, sequence(key.algorithm, octets(key.bytes))),
    attributes,
  )
  // Only the key's own certificate bears the key's attributes; by them readers tell it from the chain.
  const bags = await encrypt(
    sequence(...certificates.map((der, at) => certificateBag(der, ...(at === 0 ? [attributes] : [])))),
    random,
  )
  const encrypted = sequence(identifier(oid.data), bags.algorithm, taggedOctets(0, bags.bytes))
  const contents = sequence(
    sequence(identifier(oid.encryptedData), tagged(0, sequence(integer(0), encrypted))),
    dataOf(sequence(keyBag)),
  )
  return sequence(integer(3), dataOf(contents), await seal(contents, random))
}

function certificateBag(der: Uint8Array, ...attributes: readonly Uint8Array[]): Buffer {
  return sequence(
    identifier(oid.certificateBag),
    tagged(0, sequence(identifier(oid.x509Certificate), tagged(0, octets(der)))),
    ...attributes,
  )
}

function dataOf(contents: Uint8Array): Buffer {
  return sequence(identifier(oid.data), tagged(0, octets(contents)))
}
