import { createHmac, timingSafeEqual } from 'node:crypto'
import { child, type Element, identifierOf, MalformedError, octetsOf } from '../asn1/ber.ts'
import { derivePbkdf2, hmacOf, roundsOf } from './decrypt.ts'
import { derivePkcs12, purpose, type SpelledPassword } from './password.ts'
import { UnsupportedError } from './refusals.ts'

const PBMAC1 = '1.2.840.113549.1.5.14'

const hashes: Readonly<Record<string, { name: string; node: string; bytes: number }>> = {
  '1.3.14.3.2.26': { name: 'SHA-1', node: 'sha1', bytes: 20 },
  '2.16.840.1.101.3.4.2.4': { name: 'SHA-224', node: 'sha224', bytes: 28 },
  '2.16.840.1.101.3.4.2.1': { name: 'SHA-256', node: 'sha256', bytes: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'SHA-384', node: 'sha384', bytes: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'SHA-512', node: 'sha512', bytes: 64 },
}

/** The MAC of a PFX: what tells a wrong password from a damaged file. */
export interface Seal {
  /** Such as `SHA-256 MAC`, or `PBMAC1`. */
  readonly name: string
  /** Whether the contents are whole and the password is theirs. @throws MalformedError, UnsupportedError */
  fits(contents: Buffer, password: SpelledPassword): Promise<boolean>
}

/** Reads `MacData` (RFC 7292, 4), also in the form of RFC 9579. @throws MalformedError, UnsupportedError */
export function readSeal(macData: Element): Seal {
  const info = child(macData, 0, 0x30)
  const algorithm = child(info, 0, 0x30)
  const digest = octetsOf(child(info, 1, 0x04))
  const oid = identifierOf(child(algorithm, 0))
  if (oid === PBMAC1) return pbmac1(child(algorithm, 1, 0x30), digest)
  const hash = hashes[oid]
  if (!hash) throw new UnsupportedError(`a MAC by ${oid}`)
  const salt = octetsOf(child(macData, 1, 0x04))
  const rounds = macData.children[2] ? roundsOf(macData.children[2]) : 1
  const { name, node, bytes } = hash
  return {
    name: `${name} MAC`,
    fits: oncePerSpelling('wide', async (contents, password) => {
      const about = { purpose: purpose.integrity, hash: node, salt, rounds, bytes }
      return equal(
        createHmac(node, await derivePkcs12(password, about))
          .update(contents)
          .digest(),
        digest,
      )
    }),
  }
}

function pbmac1(parameters: Element, digest: Buffer): Seal {
  const derivation = child(parameters, 0, 0x30)
  const hash = hmacOf(child(parameters, 1, 0x30))
  return {
    name: 'PBMAC1',
    fits: oncePerSpelling('narrow', async (contents, password) => {
      return equal(
        createHmac(hash, await derivePbkdf2(derivation, password))
          .update(contents)
          .digest(),
        digest,
      )
    }),
  }
}

function equal(one: Buffer, other: Buffer): boolean {
  if (other.length === 0) throw new MalformedError('An empty MAC.')
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A derivation can take a second; spellings that differ in what it does not use need no second one. */
function oncePerSpelling(part: keyof SpelledPassword, fits: Seal['fits']): Seal['fits'] {
  const known = new Map<Buffer, Promise<boolean>>()
  return (contents, password) => {
    const result = known.get(password[part]) ?? fits(contents, password)
    known.set(password[part], result)
    return result
  }
}
