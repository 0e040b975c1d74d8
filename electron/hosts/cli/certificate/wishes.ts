import { DEFAULT_SUBJECT } from '../../../certificate/subject.ts'
import { DEFAULT_DAYS } from '../../../certificate/validity.ts'
import {
  pfxProfiles,
  signatureHashes,
  signingKeys,
  type PfxProfile,
  type SignatureHash,
  type SigningKey,
} from '../../../contract/certificate.ts'
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

/** Whole days; the vendor's own number where none are named. @throws SetupError `arguments.invalid` */
export function daysOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DAYS
  if (!/^\d{1,6}$/.test(text)) throw invalidArguments('--days is followed by a whole number.')
  return Number(text)
}

/** @throws SetupError `arguments.invalid` */
export function profileOf(text: string | undefined): PfxProfile | undefined {
  return oneOf('--profile', pfxProfiles, text)
}
