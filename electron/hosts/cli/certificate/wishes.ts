import { refuseHash } from '../../../certificate/keys.ts'
import { DEFAULT_SUBJECT, parseSubject } from '../../../certificate/subject.ts'
import { DEFAULT_DAYS, validity } from '../../../certificate/validity.ts'
import {
  pfxProfiles,
  signatureHashes,
  signingKeys,
  type PfxProfile,
  type SignatureHash,
  type SigningKey,
} from '../../../contract/certificate.ts'
import { problemOf, SetupError } from '../../../contract/problem.ts'
import { invalidArguments } from '../arguments.ts'
import { oneOf } from '../values.ts'

/** What is wished for a new key, by its options. */
export const KEY_OPTIONS = {
  key: { type: 'string', default: 'RSA-2048' },
  hash: { type: 'string' },
  subject: { type: 'string', default: DEFAULT_SUBJECT },
} as const

/** Which files are wanted, by their options. */
export const FILE_OPTIONS = {
  profile: { type: 'string' },
  cer: { type: 'boolean', default: false },
  'pem-password': { type: 'string' },
} as const

interface KeyWishes {
  readonly key: SigningKey
  readonly hash?: SignatureHash
  readonly subject: string
}

/** @throws SetupError `arguments.invalid` */
export function keyWishes(values: {
  readonly key: string
  readonly hash?: string | undefined
  readonly subject: string
}): KeyWishes {
  const hash = oneOf('--hash', signatureHashes, values.hash)
  return {
    key: oneOf('--key', signingKeys, values.key)!,
    ...(hash === undefined ? {} : { hash }),
    subject: values.subject,
  }
}

/**
 * Refuses what nothing can be made by, before a secret is asked for or anything is written.
 * @throws SetupError `certificate.subject`, `certificate.hash`, `certificate.days`
 */
export function refuseWishes(
  { key, hash, subject, days }: KeyWishes & { readonly days?: number },
  now: Date,
): void {
  try {
    parseSubject(subject)
    refuseHash(key, hash)
    if (days !== undefined) validity(days, now)
  } catch (error) {
    throw new SetupError({ ...problemOf(error), untouched: 'Nothing was written.' })
  }
}

/** Whole days; the vendor's own number where none are named. @throws SetupError `arguments.invalid` */
export function daysOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DAYS
  if (!/^\d{1,9}$/.test(text)) throw invalidArguments('--days is followed by a whole number.')
  return Number(text)
}

/** @throws SetupError `arguments.invalid` */
export function profileOf(text: string | undefined): PfxProfile | undefined {
  return oneOf('--profile', pfxProfiles, text)
}
