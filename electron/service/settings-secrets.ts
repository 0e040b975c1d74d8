import { Secret } from '../secrets/secret.ts'
import { decodeText } from '../text/encoding.ts'
import { parseJsonText, valueOf } from './json-text.ts'
import { parseSettings } from './settings-tree.ts'

/** Names of keys, of the vendor's file and of ASP.NET Core's own, whose values open something. */
const SECRET_KEY = /(secret|password|passwd|pwd|credential|apikey|accesskey|auth|token)s?$/i
/** Beside a secret, and no secret themselves. */
const HARMLESS_KEY = /^(type|description|expiration)$/i
const PASSWORD_IN_CONNECTION =
  /(?:^|[;,?&\s])(?:password|pwd|user password|accesskey|sharedaccesskey)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*)/gi
const PASSWORD_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:([^\s/]+)@/gi
/** Texts shorter than this are not replaced by the redactor, so they are handed over with what stands around them. */
const SHORTEST = 4

/**
 * Every value in `appsettings.json` that must not be shown: client secrets (in `Clients` and `ApiResources`, which
 * are JSON in a string), passwords in connection strings and URLs, and values whose key says so.
 * Throws what {@link parseSettings} throws; a `Clients` that cannot be read is a secret as a whole.
 */
export function secretsInSettings(bytes: Uint8Array, file?: string): Secret[] {
  const found = new Set<string>()
  collect(valueOf(parseSettings(decodeText(bytes, file).text, file).root), [], found)
  return Array.from(found, (value) => new Secret(value))
}

function collect(value: unknown, path: readonly string[], found: Set<string>): void {
  if (typeof value === 'string') collectText(value, path, found)
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) collect(item, [...path, ...key.split(':')], found)
}

function collectText(value: string, path: readonly string[], found: Set<string>): void {
  const add = (secret: string, around: string) =>
    secret !== '' && found.add(secret.length < SHORTEST ? around : secret)
  const isSecret = path.some((key) => SECRET_KEY.test(key)) && !HARMLESS_KEY.test(path.at(-1) ?? '')
  if (isSecret && !/^(true|false)?$/i.test(value)) add(value, `"${value}"`)
  if (/^\s*[[{]/.test(value)) {
    const inner = parseJsonText(value)
    if ('root' in inner) collect(valueOf(inner.root), path, found)
    else found.add(value)
    return
  }
  const withCommas = /redis/i.test(path.at(-1) ?? '')
  for (const [whole, written] of value.matchAll(PASSWORD_IN_CONNECTION)) {
    const plain = withCommas ? written!.replace(/,.*$/s, '') : written!.trim()
    add(plain, whole)
    const quote = plain[0]
    if (quote === '"' || quote === "'") add(plain.slice(1, -1).replaceAll(quote + quote, quote), whole)
  }
  for (const [whole, written] of value.matchAll(PASSWORD_IN_URL)) {
    add(written!, whole)
    add(percentDecoded(written!), whole)
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
