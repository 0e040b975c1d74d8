import { child, type Element, identifierOf, MalformedError, octetsOf, readElement } from '../asn1/ber.ts'
import { decrypt } from './decrypt.ts'
import { type SpelledPassword, spellingsOf } from './password.ts'
import { UnsupportedError, WrongPasswordError } from './refusals.ts'
import { readSeal, type Seal } from './seal.ts'

/** What a PFX holds. */
export interface OpenedPfx {
  /** DER each, in the order of the file. */
  readonly certificates: readonly Buffer[]
  /** PKCS#8, DER each. Secrets. */
  readonly privateKeys: readonly Buffer[]
  /** Such as `AES-256, SHA-256 MAC`. */
  readonly protection: string
  /** Whether it has a MAC; without one nobody can tell whether the file was changed. */
  readonly sealed: boolean
}

/**
 * `wrong-password`: encrypted with another one, or without one. `unreadable`: no PKCS#12, or damaged. `unsupported`:
 * PKCS#12 by means that this program does not read; `about` names them.
 */
export interface PfxRefusal {
  readonly refused: 'wrong-password' | 'unreadable' | 'unsupported'
  readonly about?: string
}

const oid = {
  data: '1.2.840.113549.1.7.1',
  envelopedData: '1.2.840.113549.1.7.3',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  nestedBags: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',
} as const

/**
 * Opens a PKCS#12 file (RFC 7292): AES, 3DES and RC2; sealed with SHA-1, SHA-2 or PBMAC1 (RFC 9579), or not at all;
 * with a password in any script. Never throws: what cannot be opened is refused.
 * @param password undefined or empty: none
 */
export async function openPfx(
  bytes: Uint8Array,
  password: string | undefined,
): Promise<OpenedPfx | PfxRefusal> {
  try {
    const { contents, seal } = outerOf(bytes)
    for (const spelling of spellingsOf(password ?? '')) {
      const opened = await attempt(contents, seal, spelling)
      if (opened) return opened
    }
    return { refused: 'wrong-password' }
  } catch (error) {
    if (error instanceof UnsupportedError) return { refused: 'unsupported', about: error.message }
    if (error instanceof MalformedError) return { refused: 'unreadable' }
    throw error
  }
}

/** Whether a structure is the outside of a PKCS#12 file: version 3 and what follows. */
export function isPfx({ tag, children: [version, contents] }: Element): boolean {
  return tag === 0x30 && version?.raw.toString('hex') === '020103' && contents?.tag === 0x30
}

function outerOf(bytes: Uint8Array): { contents: Buffer; seal: Seal | undefined } {
  const outer = readElement(bytes)
  if (!isPfx(outer)) throw new MalformedError('No PKCS#12.')
  const authSafe = child(outer, 1, 0x30)
  if (identifierOf(child(authSafe, 0)) !== oid.data)
    throw new UnsupportedError('a signature in place of a password (public-key integrity)')
  const macData = outer.children[2]
  return { contents: octetsOf(wrapped(authSafe)), seal: macData ? readSeal(macData) : undefined }
}

async function attempt(
  contents: Buffer,
  seal: Seal | undefined,
  password: SpelledPassword,
): Promise<OpenedPfx | undefined> {
  if (seal && !(await seal.fits(contents, password))) return undefined
  const found: Found = { certificates: [], privateKeys: [], ciphers: new Set() }
  try {
    for (const info of readElement(contents).children) await readContents(info, password, found)
  } catch (error) {
    if (error instanceof WrongPasswordError) return undefined
    // Without a seal, a wrong key that happens to end in padding shows by what it decrypts to.
    if (error instanceof MalformedError && !seal && found.ciphers.size > 0) return undefined
    throw error
  }
  const { certificates, privateKeys, ciphers } = found
  const protection = [[...ciphers].join(' and ') || 'not encrypted', seal?.name ?? 'no MAC'].join(', ')
  return { certificates, privateKeys, protection, sealed: seal !== undefined }
}

interface Found {
  readonly certificates: Buffer[]
  readonly privateKeys: Buffer[]
  readonly ciphers: Set<string>
}

async function readContents(info: Element, password: SpelledPassword, found: Found): Promise<void> {
  switch (identifierOf(child(info, 0))) {
    case oid.data:
      return readBags(readElement(octetsOf(wrapped(info))), password, found)
    case oid.encryptedData: {
      const content = child(wrapped(info), 1, 0x30)
      const bytes = octetsOf(child(content, 2, 0x80, 0xa0))
      return readBags(
        readElement(await decrypted(child(content, 1), bytes, password, found)),
        password,
        found,
      )
    }
    case oid.envelopedData:
      throw new UnsupportedError('encryption for a key in place of a password (public-key privacy)')
    default:
      throw new MalformedError('Contents of another kind.')
  }
}

async function readBags(bags: Element, password: SpelledPassword, found: Found): Promise<void> {
  for (const bag of bags.children) {
    const value = child(bag, 1, 0xa0)
    switch (identifierOf(child(bag, 0))) {
      case oid.keyBag:
        found.privateKeys.push(child(value, 0, 0x30).raw)
        break
      case oid.shroudedKeyBag: {
        const shrouded = child(value, 0, 0x30)
        const bytes = octetsOf(child(shrouded, 1, 0x04))
        const plain = await decrypted(child(shrouded, 0), bytes, password, found)
        found.privateKeys.push(readElement(plain).raw)
        break
      }
      case oid.certificateBag: {
        const certificate = child(value, 0, 0x30)
        if (identifierOf(child(certificate, 0)) === oid.x509Certificate)
          found.certificates.push(octetsOf(child(child(certificate, 1, 0xa0), 0, 0x04, 0x24)))
        break
      }
      case oid.nestedBags:
        await readBags(child(value, 0, 0x30), password, found)
        break
      default:
      // Revocation lists and other secrets are no business of a signing certificate.
    }
  }
}

async function decrypted(
  algorithm: Element,
  bytes: Buffer,
  password: SpelledPassword,
  { ciphers }: Found,
): Promise<Buffer> {
  const { plain, cipher } = await decrypt(algorithm, bytes, password)
  ciphers.add(cipher)
  return plain
}

/** The content of a `ContentInfo`: `[0] EXPLICIT`. */
function wrapped(info: Element): Element {
  return child(child(info, 1, 0xa0), 0)
}
