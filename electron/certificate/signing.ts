import type { PfxProfile, SignatureHash, SigningKey } from '../contract/certificate.ts'
import type { Random } from '../machine/machine.ts'
import type { PublicJwk } from './keys.ts'
import { writePfx } from './pkcs12/write.ts'
import { selfSigned } from './self-signed.ts'
import { DEFAULT_SUBJECT, parseSubject } from './subject.ts'
import { DEFAULT_DAYS } from './validity.ts'

export interface SigningWishes {
  /** Default `RSA-2048`, as the vendor's script. */
  readonly key?: SigningKey
  /** Of the certificate's own signature. Default SHA-256 with RSA; with ECDSA the curve has its own. */
  readonly hash?: SignatureHash
  /** A distinguished name; see {@link parseSubject}. */
  readonly subject?: string
  readonly days?: number
  /** How the file is encrypted and sealed. Default `AES-256`. */
  readonly profile?: PfxProfile
  readonly now: Date
  readonly random: Random
  /** Ends the waiting with the signal's reason. */
  readonly signal?: AbortSignal
}

/** A certificate made here, with its file. */
export interface MadeCertificate {
  /** PKCS#12 without a password: holds the private key. For a file with restricted access, nothing else. */
  readonly pfx: Uint8Array
  readonly certificatePem: string
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  readonly publicJwk: PublicJwk
  readonly notBefore: Date
  readonly notAfter: Date
  readonly subject: string
  readonly key: SigningKey
}

/**
 * Makes the certificate the service signs its tokens with: self-signed, in a PFX without a password, because the
 * service opens the file with none.
 *
 * @throws SetupError `certificate.subject`, `certificate.days`, `certificate.hash`; the signal's reason
 */
export async function createSigningCertificate(wishes: SigningWishes): Promise<MadeCertificate> {
  const subject = parseSubject(wishes.subject ?? DEFAULT_SUBJECT)
  const { certificate, privateKey, ...facts } = await selfSigned({
    key: wishes.key ?? 'RSA-2048',
    ...(wishes.hash && { hash: wishes.hash }),
    subject: subject.parts,
    days: wishes.days ?? DEFAULT_DAYS,
    now: wishes.now,
    random: wishes.random,
    extensions: (x509) => [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
    ...(wishes.signal && { signal: wishes.signal }),
  })
  const pfx = await writePfx({
    certificates: [certificate],
    privateKey,
    friendlyName: SIGNING_KEY_NAME,
    profile: wishes.profile ?? 'AES-256',
    random: wishes.random,
  })
  wishes.signal?.throwIfAborted()
  return { pfx, subject: subject.text, ...facts }
}

/** What Windows shows in its certificate lists. */
export const SIGNING_KEY_NAME = 'Identity Service signing key'
