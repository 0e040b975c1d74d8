import type { asn1, pkcs12, pki } from 'node-forge'
import { CRYPTOGRAPHIC, StartFailure, WRONG_PASSWORD } from './failure.ts'

export interface OpenPfx {
  /** PKCS#8, DER; undefined when the file holds certificates alone. */
  readonly key: Buffer | undefined
  /** DER each. */
  readonly certificates: readonly Buffer[]
}

/** All that a PFX holds. */
export interface PfxContents {
  /** PKCS#8, DER each. */
  readonly keys: readonly Buffer[]
  /** DER each. */
  readonly certificates: readonly Buffer[]
}

/**
 * Opens a PFX that has no password. "None" has two spellings in PKCS#12, an empty text and no text at all, and
 * .NET tries both. Throws a StartFailure.
 */
export async function openPfx(bytes: Buffer): Promise<OpenPfx> {
  const { keys, certificates } = await readPfx(bytes, '')
  return { key: keys[0], certificates }
}

/** Opens a PFX by its password; an empty one is tried in both spellings. Throws a StartFailure. */
export async function readPfx(bytes: Buffer, password: string): Promise<PfxContents> {
  const { default: forge } = await import('node-forge')
  const structure = readStructure(forge, bytes)
  const pfx = decrypt(forge, structure, password === '' ? ['', undefined] : [password])
  const bags = pfx.safeContents.flatMap((content) => content.safeBags) as Bag[]
  const keys = bags.filter(({ type }) =>
    [forge.pki.oids['keyBag'], forge.pki.oids['pkcs8ShroudedKeyBag']].includes(type),
  )
  const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag'])
  const der = (node: asn1.Asn1) => Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1')
  return {
    keys: keys.map(({ key, asn1 }) =>
      der(key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1),
    ),
    certificates: certificates.map((bag) => der(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1)),
  }
}

/** A forge bag: keys and certificates that it does not understand, such as EC, stay as ASN.1. */
interface Bag {
  readonly type: string
  readonly key?: pki.rsa.PrivateKey | null
  readonly cert?: pki.Certificate | null
  readonly asn1: asn1.Asn1
}

type Forge = typeof import('node-forge')

function readStructure(forge: Forge, bytes: Buffer): asn1.Asn1 {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(bytes.toString('latin1')))
  } catch {
    throw new StartFailure(CRYPTOGRAPHIC, 'ASN1 corrupted data.')
  }
}

function decrypt(
  forge: Forge,
  structure: asn1.Asn1,
  spellings: readonly (string | undefined)[],
): pkcs12.Pkcs12Pfx {
  for (const password of spellings)
    try {
      return forge.pkcs12.pkcs12FromAsn1(structure, false, password)
    } catch (error) {
      if (/not an? PKCS#12/.test(String(error))) throw new StartFailure(CRYPTOGRAPHIC, 'ASN1 corrupted data.')
    }
  throw new StartFailure(CRYPTOGRAPHIC, WRONG_PASSWORD)
}
