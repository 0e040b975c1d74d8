import { createCipheriv, createHash, createHmac, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from '../machine/machine.ts'
import {
  bmpString,
  identifier,
  integer,
  nothing,
  octets,
  sequence,
  setOf,
  tagged,
  taggedOctets,
} from './der.ts'

/**
 * The file has no password (the service opens it with none), so more rounds would protect nothing and only
 * cost time at each start. 2048 is what openssl writes.
 */
const ROUNDS = 2048

const oid = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

const deriveKey = promisify(pbkdf2)

/**
 * A PKCS#12 file (RFC 7292) with an empty password: one certificate and its private key, both encrypted with
 * AES-256-CBC (PBES2, RFC 8018), the whole sealed with HMAC-SHA-256.
 *
 * Written here because the maintained library at hand, node-forge, seals with SHA-1 only and leaves the
 * certificate unencrypted. Readers are tested: openssl, .NET (null password), node's TLS (empty password).
 *
 * @param certificate DER.
 * @param privateKey PKCS#8, DER.
 * @param friendlyName what Windows shows in its certificate lists.
 */
export async function writePfx(
  certificate: Uint8Array,
  privateKey: Uint8Array,
  friendlyName: string,
  random: Random,
): Promise<Uint8Array> {
  const attributes = setOf(
    sequence(identifier(oid.friendlyName), setOf(bmpString(friendlyName))),
    sequence(identifier(oid.localKeyId), setOf(octets(createHash('sha1').update(certificate).digest()))),
  )
  const key = await encrypt(privateKey, random)
  const keyBag = sequence(
    identifier(oid.shroudedKeyBag),
    tagged(0, sequence(key.algorithm, octets(key.bytes))),
    attributes,
  )
  const certificateBag = sequence(
    identifier(oid.certificateBag),
    tagged(0, sequence(identifier(oid.x509Certificate), tagged(0, octets(certificate)))),
    attributes,
  )
  const bags = await encrypt(sequence(certificateBag), random)
  const contents = sequence(
    sequence(
      identifier(oid.encryptedData),
      tagged(
        0,
        sequence(integer(0), sequence(identifier(oid.data), bags.algorithm, taggedOctets(0, bags.bytes))),
      ),
    ),
    dataOf(sequence(keyBag)),
  )
  return sequence(integer(3), dataOf(contents), seal(contents, random))
}

function dataOf(contents: Uint8Array): Buffer {
  return sequence(identifier(oid.data), tagged(0, octets(contents)))
}

async function encrypt(plain: Uint8Array, random: Random): Promise<{ algorithm: Buffer; bytes: Buffer }> {
  const salt = random.bytes(16)
  const iv = random.bytes(16)
  const cipher = createCipheriv('aes-256-cbc', await deriveKey('', salt, ROUNDS, 32, 'sha256'), iv)
  const algorithm = sequence(
    identifier(oid.pbes2),
    sequence(
      sequence(
        identifier(oid.pbkdf2),
        sequence(octets(salt), integer(ROUNDS), sequence(identifier(oid.hmacSha256), nothing())),
      ),
      sequence(identifier(oid.aes256Cbc), octets(iv)),
    ),
  )
  return { algorithm, bytes: Buffer.concat([cipher.update(plain), cipher.final()]) }
}

function seal(contents: Uint8Array, random: Random): Buffer {
  const salt = random.bytes(16)
  const digest = createHmac('sha256', sealingKey(salt)).update(contents).digest()
  return sequence(
    sequence(sequence(identifier(oid.sha256), nothing()), octets(digest)),
    octets(salt),
    integer(ROUNDS),
  )
}

/**
 * RFC 7292 appendix B.2 for an empty password, purpose 3 (integrity) and SHA-256. The key is as long as one
 * digest, so the appendix's outer loop runs once. An empty password is still a terminating zero character.
 */
function sealingKey(salt: Uint8Array): Buffer {
  const block = 64
  const terminator = Buffer.of(0, 0)
  let digest = createHash('sha256')
    .update(Buffer.alloc(block, 3))
    .update(Buffer.alloc(block, salt))
    .update(Buffer.alloc(block, terminator))
    .digest()
  for (let round = 1; round < ROUNDS; round++) digest = createHash('sha256').update(digest).digest()
  return digest
}
