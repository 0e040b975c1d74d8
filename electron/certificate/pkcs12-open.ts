import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

export interface OpenedPfx {
  readonly certificates: readonly X509Certificate[]
  /** Public halves of the private keys in the file; the private ones are not kept. */
  readonly keys: readonly KeyObject[]
}

/** `wrong-password`: sealed with another one. `unreadable`: not PKCS#12, cut short, or a kind nobody here reads. */
export type PfxRefusal = 'wrong-password' | 'unreadable'

type Forge = typeof import('node-forge')
type Asn1 = import('node-forge').asn1.Asn1
type Bag = import('node-forge').pkcs12.Bag

/** Opens a PKCS#12 file: RSA and EC keys, AES, 3DES and the old RC2, which node's own reader no longer takes. */
export async function openPfx(bytes: Uint8Array, password: string): Promise<OpenedPfx | PfxRefusal> {
  const { default: forge } = await import('node-forge')
  let outer: Asn1
  try {
    outer = forge.asn1.fromDer(Buffer.from(bytes).toString('binary'))
    if (!looksLikePkcs12(forge, outer)) return 'unreadable'
  } catch {
    return 'unreadable'
  }
  // Writers disagree whether an empty password is an empty text or none at all.
  for (const spelling of password === '' ? ['', undefined] : [password]) {
    const opened = attempt(forge, outer, spelling)
    if (opened !== 'wrong-password') return opened
  }
  return 'wrong-password'
}

/** A sequence of the version 3 and what follows (RFC 7292, 4). */
function looksLikePkcs12(forge: Forge, outer: Asn1): boolean {
  const version = Array.isArray(outer.value) ? outer.value[0] : undefined
  return version?.type === forge.asn1.Type.INTEGER && version.value === '\x03'
}

function attempt(forge: Forge, outer: Asn1, password: string | undefined): OpenedPfx | PfxRefusal {
  try {
    const pfx = forge.pkcs12.pkcs12FromAsn1(outer, false, password)
    const bags = pfx.safeContents.flatMap((contents) => contents.safeBags)
    const isKey = ({ type }: Bag) =>
      type === forge.pki.oids['pkcs8ShroudedKeyBag'] || type === forge.pki.oids['keyBag']
    return {
      certificates: bags
        .filter(({ type }) => type === forge.pki.oids['certBag'])
        .map((bag) => certificateIn(forge, bag)),
      keys: bags.filter(isKey).map((bag) => createPublicKey(privateKey(forge, bag))),
    }
  } catch (error) {
    return /password|decrypt/i.test(String(error)) ? 'wrong-password' : 'unreadable'
  }
}

function certificateIn(forge: Forge, bag: Bag): X509Certificate {
  // The library reads RSA certificates only and hands back the structure of others.
  const bytes = der(forge, bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1)
  const certificate = new X509Certificate(bytes)
  // Node reads these parts when first asked; a damaged one has to show here.
  void certificate.publicKey
  if (Number.isNaN(Date.parse(certificate.validFrom) + Date.parse(certificate.validTo)))
    throw new Error('The certificate has no readable dates.')
  return certificate
}

function privateKey(forge: Forge, bag: Bag): KeyObject {
  return bag.key
    ? createPrivateKey({ key: der(forge, forge.pki.privateKeyToAsn1(bag.key)), format: 'der', type: 'pkcs1' })
    : createPrivateKey({ key: der(forge, bag.asn1), format: 'der', type: 'pkcs8' })
}

function der(forge: Forge, structure: Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(structure).getBytes(), 'binary')
}
