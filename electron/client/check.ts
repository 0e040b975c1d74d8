import type { Secret } from '../secrets/secret.ts'
import {
  CLIENT_ID_LENGTH,
  CLIENT_ID_LIMIT,
  CLIENT_NAME_LIMIT,
  CLIENT_SECRET_LENGTH,
  CLIENT_SECRET_LIMIT,
} from './limits.ts'

/** How a typed value fares. None of the words holds the value: it may be a secret. */
export type Verdict =
  | { readonly verdict: 'ok' }
  /** Works in all likelihood; to be used only when the installer says "use anyway". */
  | { readonly verdict: 'warning'; readonly code: WarningCode; readonly what: string; readonly next: string }
  | { readonly verdict: 'refused'; readonly code: RefusalCode; readonly what: string; readonly next: string }

type WarningCode = 'client.length' | 'client.invisible' | 'client.outer-space' | 'client.not-ascii'
type RefusalCode = 'client.empty' | 'client.control' | 'client.half-character' | 'client.too-long'

/** Checks a typed client id. The vendor asks for 16 characters. */
export function checkClientId(value: string): Verdict {
  return checkCredential('The client ID', value, CLIENT_ID_LIMIT, CLIENT_ID_LENGTH)
}

/** Checks a typed client secret. The vendor asks for 32 characters. */
export function checkClientSecret(value: Secret): Verdict {
  return checkCredential('The client secret', value.open(), CLIENT_SECRET_LIMIT, CLIENT_SECRET_LENGTH)
}

/** Checks a typed client name: any number of characters the table can hold. */
export function checkClientName(value: string): Verdict {
  const name = 'The client name'
  return refusal(name, value, CLIENT_NAME_LIMIT) ?? doubt(name, value) ?? { verdict: 'ok' }
}

/** What is sent for a token. Lengths are in UTF-16 units, as .NET and SQL Server count. */
function checkCredential(name: string, value: string, limit: number, expected: number): Verdict {
  return (
    refusal(name, value, limit) ??
    doubt(name, value) ??
    notAscii(name, value) ??
    otherLength(name, value, expected) ?? { verdict: 'ok' }
  )
}

function refusal(name: string, value: string, limit: number): Verdict | undefined {
  const refused = (code: RefusalCode, what: string, next: string): Verdict => ({
    verdict: 'refused',
    code,
    what,
    next,
  })
  if (value.trim() === '')
    return refused('client.empty', `${name} is empty.`, 'Type one, or have one generated.')
  if (value.length > limit)
    return refused(
      'client.too-long',
      `${name} has ${value.length} characters; the service takes ${limit} at most.`,
      'Shorten it, or have one generated.',
    )
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value))
    return refused(
      'client.control',
      `${name} has a line break, a tab or another control character in it.`,
      'Type it again; a copy may have taken more than the value.',
    )
  if (!value.isWellFormed())
    return refused(
      'client.half-character',
      `${name} has half of a character in it, which no file can hold.`,
      'Type it again, or have one generated.',
    )
  return undefined
}

function doubt(name: string, value: string): Verdict | undefined {
  // Joiners belong to emoji and to several scripts; marks that only turn the direction of writing do not.
  if (/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/.test(value))
    return warned(
      'client.invisible',
      `${name} has an invisible character in it.`,
      'Type it again rather than copying it, or use it anyway.',
    )
  if (value !== value.trim())
    return warned(
      'client.outer-space',
      `${name} begins or ends with a space.`,
      'Remove the space, or use it anyway.',
    )
  return undefined
}

/**
 * The service itself takes other characters, so a client that has one is not refused; what else sends them may not be able to.
 * RFC 6749, appendices A.1 and A.2: ID and secret are of printable ASCII characters and spaces.
 */
function notAscii(name: string, value: string): Verdict | undefined {
  if (/^[\x20-\x7e]*$/.test(value)) return undefined
  return warned(
    'client.not-ascii',
    `${name} has a letter or sign that OAuth 2.0 does not allow there.`,
    'Use letters from A to Z, digits and ordinary signs only, or use it anyway.',
  )
}

function otherLength(name: string, value: string, expected: number): Verdict | undefined {
  if (value.length === expected) return undefined
  return warned(
    'client.length',
    `${name} has ${value.length} characters; the vendor asks for ${expected}.`,
    `Use one of ${expected} characters, or use this one anyway.`,
  )
}

function warned(code: WarningCode, what: string, next: string): Verdict {
  return { verdict: 'warning', code, what, next }
}
