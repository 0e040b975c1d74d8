import type { Random } from '../machine/machine.ts'
import { writePfx } from './pkcs12.ts'
import { type RsaPublicJwk, selfSigned } from './self-signed.ts'
import { DEFAULT_SUBJECT, parseSubject } from './subject.ts'
import { DEFAULT_DAYS } from './validity.ts'

export const signingKeys = ['RSA-2048', 'RSA-3072', 'RSA-4096'] as const
export type SigningKey = (typeof signingKeys)[number]

const bitsOf = { 'RSA-2048': 2048, 'RSA-3072': 3072, 'RSA-4096': 4096 } as const

export interface SigningWishes {
  /** Default `RSA-2048`, as the vendor's script. */
  readonly key?: SigningKey
  /** A distinguished name; see {@link parseSubject}. */
  readonly subject?: string
  readonly days?: number
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
  readonly publicJwk: RsaPublicJwk
  readonly notBefore: Date
  readonly notAfter: Date
  readonly subject: string
}

/**
 * Makes the certificate the service signs its tokens with: self-signed RSA with SHA-256, in a PFX without a
 * password, because the service opens the file with none.
 *
 * @throws SetupError `certificate.subject`, `certificate.days`
 */
export async function createSigningCertificate(wishes: SigningWishes): Promise<MadeCertificate> {
  const subject = parseSubject(wishes.subject ?? DEFAULT_SUBJECT)
  const { certificate, privateKey, ...facts } = await selfSigned({
    bits: bitsOf[wishes.key ?? 'RSA-2048'],
    subject: subject.parts,
    days: wishes.days ?? DEFAULT_DAYS,
    now: wishes.now,
    random: wishes.random,
    extensions: (x509) => [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
    ...(wishes.signal && { signal: wishes.signal }),
  })
  const pfx = await writePfx(certificate, privateKey, 'Identity Service signing key', wishes.random)
  return { pfx, subject: subject.text, ...facts }
}
