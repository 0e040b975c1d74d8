import * as z from 'zod/mini'
import type { Problem } from './problem.ts'

/** Keys that the service can sign with (RFC 7518, 3.1): RSA, and the three curves of ECDSA. */
export const signingKeys = [
  'RSA-2048',
  'RSA-3072',
  'RSA-4096',
  'ECDSA-P256',
  'ECDSA-P384',
  'ECDSA-P521',
] as const
export type SigningKey = (typeof signingKeys)[number]

/** Hashes of a certificate's own signature. With ECDSA the curve decides: P-256 SHA-256, P-384 SHA-384, P-521 SHA-512. */
export const signatureHashes = ['SHA-256', 'SHA-384', 'SHA-512'] as const
export type SignatureHash = (typeof signatureHashes)[number]

/** How a PFX is encrypted and sealed: `AES-256` with SHA-256, or `3DES` with SHA-1 for Windows Server 2016 and older. */
export const pfxProfiles = ['AES-256', '3DES'] as const
export type PfxProfile = (typeof pfxProfiles)[number]

/** What a certificate is, for eyes. No secret. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly selfSigned: boolean
  /** ISO 8601. */
  readonly notBefore: string
  readonly notAfter: string
  /** Whole days until it ends; negative once it has. */
  readonly daysLeft: number
  /** Such as `RSA-2048` or `ECDSA P-256`. */
  readonly key: string
  /** Of its own signature, such as `SHA-256` with RSA or ECDSA. */
  readonly signature: string
  /** Hexadecimal, upper case. */
  readonly serialNumber: string
  /** SHA-1, 40 upper-case hexadecimal digits. */
  readonly thumbprint: string
  /** SHA-256, 64 upper-case hexadecimal digits. */
  readonly thumbprint256: string
  /** The key id the service will publish; missing where it cannot sign with such a key. */
  readonly kid?: string
  /** Such as `digitalSignature`; empty when the certificate does not say. */
  readonly keyUsage: readonly string[]
}

/** A certificate file looked at, whatever its form. */
export interface CertificateLook {
  /** The path; for one that was taken from the running service, its address. */
  readonly file: string
  readonly format: 'PFX' | 'PEM' | 'PKCS#7' | 'DER' | 'JWKS'
  /** How the file is protected, in a few words, such as `AES-256, no password`. */
  readonly protection?: string
  /** Where its private key was found. */
  readonly privateKey: 'same-file' | 'other-file' | 'pending-request' | 'missing'
  /** Whether the service could open the file as it is: a PFX with its private key and without a password. */
  readonly ready: boolean
  /** Missing when nothing could be read. */
  readonly certificate?: CertificateFacts
  /** Certificates of the authorities in the file, the nearest first. */
  readonly chain: readonly { readonly subject: string; readonly issuer: string; readonly notAfter: string }[]
  /** What keeps the service from signing with it, or this setup from taking it; empty when all is well. */
  readonly problems: readonly Problem[]
  /** What is worth knowing and keeps nobody from anything. */
  readonly warnings: readonly Problem[]
}

/** What the certificate page offers, by the service's version and its Windows. */
export interface CertificateOptionsView {
  readonly ecdsa: {
    readonly offered: boolean
    /** Whether that is known, or only likely. */
    readonly certain: boolean
    /** One sentence. */
    readonly why: string
  }
  readonly profile: { readonly suggested: PfxProfile; readonly why: string }
  readonly requests: readonly PendingRequestView[]
}

/** A certificate request whose answer has not come yet. Its private key waits in a private folder of this user. */
export interface PendingRequestView {
  readonly id: string
  readonly subject: string
  readonly key: SigningKey
  /** ISO 8601. */
  readonly createdAt: string
  /** The request to be sent to the authority. */
  readonly file: string
}

/** How good a password is, by a strength estimator and the vendor's recommendations (Academy 2565). */
export interface PasswordStrength {
  /** 0 (guessed at once) to 4 (very hard to guess). */
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly acceptable: boolean
  /** One sentence: how long guessing takes. */
  readonly summary: string
  /** What has to be better, a sentence each, starting with a verb. */
  readonly wanted: readonly string[]
}

const plain = /^[^\p{Cc}\p{Cs}]*$/u
const text = z.string().check(z.minLength(1), z.maxLength(32_767), z.regex(plain))
const shortText = z.string().check(z.minLength(1), z.maxLength(1000), z.regex(plain))
const secretReference = z.string().check(z.regex(/^(env:.+|file:.+|vault:.+|stdin)$/s))

const around = {
  /** Left out: by the Windows that the service runs on. */
  profile: z.optional(z.enum(pfxProfiles)),
  /** Also write the certificate without its key, `openssl.cer` (DER), beside the PFX. */
  cer: z.optional(z.boolean()),
  /** Also write `openssl.crt` and `openssl.key` (PEM) beside the PFX, the key encrypted with this password. */
  pem: z.optional(z.strictObject({ password: secretReference })),
}

/** The certificate that signs tokens: made here, or one that is there already. */
export const signingCertificateSchema = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('new'),
    key: z.enum(signingKeys),
    /** Left out: SHA-256 with RSA, the curve's own with ECDSA. */
    hash: z.optional(z.enum(signatureHashes)),
    /** A distinguished name, such as `CN=Identity Service, O=Example`. */
    subject: shortText,
    days: z.int().check(z.minimum(1), z.maximum(36_500)),
    ...around,
  }),
  z.strictObject({
    from: z.literal('file'),
    /** PFX, PEM, PKCS#7 or DER; stays as it is. */
    file: text,
    /** The private key, where it is not in the same file; left out: looked for among the pending requests. */
    privateKey: z.optional(text),
    /** Of the PFX, or of an encrypted private key. */
    password: z.optional(secretReference),
    ...around,
  }),
])

export type SigningCertificateAnswers = z.infer<typeof signingCertificateSchema>
