import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateClientSecret } from '../../../electron/client/generate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { HIDDEN, Secret } from '../../../electron/secrets/secret.ts'

const json = (text: string) => JSON.stringify(text).slice(1, -1)
const xml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Every way in which the program, .NET or a tool it calls writes a value into text. */
const encodings: Record<string, (value: string) => string> = {
  plain: (value) => value,
  'JSON once': json,
  'JSON twice': (value) => json(json(value)),
  'JSON three times': (value) => json(json(json(value))),
  'JSON as .NET writes it': dotnetJson,
  'JSON in JSON as .NET writes it': (value) => dotnetJson(dotnetJson(value)),
  XML: xml,
  'XML with single quotes': (value) => xml(value).replaceAll("'", '&apos;'),
  'XML with numbers': (value) => xml(value).replaceAll("'", '&#39;'),
  'XML that leaves > as it is': (value) => xml(value).replaceAll('&gt;', '>'),
  'JSON in XML': (value) => xml(json(value)),
  URL: (value) => encodeURIComponent(value),
  'URL in small letters': (value) =>
    encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
  form: (value) => new URLSearchParams([['', value]]).toString().slice(1),
  Base64: (value) => Buffer.from(value).toString('base64'),
  'Base64 without padding': (value) => Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Base64url: (value) => Buffer.from(value).toString('base64url'),
  'connection string': (value) => `"${value.replaceAll('"', '""')}"`,
  'connection string in JSON': (value) => json(`"${value.replaceAll('"', '""')}"`),
}

/** The default encoder of System.Text.Json: all but plain ASCII, and what HTML minds, as \\uXXXX. */
function dotnetJson(value: string): string {
  return json(value)
    .replaceAll('\\"', '\\u0022')
    .replace(
      /[^ -~]|[<>&'+`]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
}

const value = fc.oneof(
  fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }).filter((text) => text.isWellFormed()),
  fc.string({ unit: fc.constantFrom(...'a1"\\;\'=<>&%+ü🔑{} $'), minLength: 4, maxLength: 40 }),
  fc.nat().map(() => generateClientSecret(realRandom).open()),
)
// Marks that no encoding of a secret can run into.
const around = fc.constantFrom('', '|', '(', '\n', '§ ')

describe('the redactor', () => {
  it.each(Object.entries(encodings))('lets no secret through as %s', (_, encode) => {
    fc.assert(
      fc.property(value, around, around, (secret, before, after) => {
        const redactor = new Redactor()
        redactor.register(new Secret(secret))
        const redacted = redactor.redact(`${before}${encode(secret)}${after}`)
        expect(redacted).toContain(HIDDEN)
        // The quotation marks around a connection string's value may stay.
        expect(redacted.replace(HIDDEN, '').replace(/\\?"/g, '')).toBe(before + after)
      }),
    )
  })

  it('hides a secret inside the Base64 of a longer text, as in a Basic header', () => {
    const longer = fc.string({ unit: 'binary', maxLength: 9 })
    fc.assert(
      fc.property(longer, value, longer, (before, secret, after) => {
        fc.pre(Buffer.byteLength(secret) >= 8)
        const redactor = new Redactor()
        redactor.register(new Secret(secret))
        for (const encoding of ['base64', 'base64url'] as const) {
          const redacted = redactor.redact(Buffer.from(before + secret + after).toString(encoding))
          const rest = Buffer.from(redacted.replace(HIDDEN, 'AAAA'), 'base64').toString('latin1')
          expect(redacted).toContain(HIDDEN)
          expect(rest).not.toContain(Buffer.from(secret).toString('latin1').slice(1, -1))
        }
      }),
    )
  })

  it('takes a secret with half of a character in it', () => {
    const redactor = new Redactor()
    redactor.register(new Secret('half \ud83d of it'))
    expect(redactor.redact('(half \ud83d of it)')).toBe(`(${HIDDEN})`)
  })

  it('hides whole secrets where one holds another', () => {
    const redactor = new Redactor()
    redactor.register(new Secret('word'), new Secret('password'))
    expect(redactor.redact('password, word, passwords')).toBe(`${HIDDEN}, ${HIDDEN}, ${HIDDEN}s`)
  })

  it('leaves text without secrets as it is', () => {
    const redactor = new Redactor()
    expect(redactor.redact('anything')).toBe('anything')
    redactor.register(new Secret('a.c*(e'))
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('a.c*(e')),
        (text) => void expect(redactor.redact(text)).toBe(text),
      ),
    )
    expect(redactor.redact('abc*(e')).toBe('abc*(e')
  })

  it('does not black out words for a secret of three characters', () => {
    const redactor = new Redactor()
    redactor.register(new Secret('the'))
    expect(redactor.redact('the other')).toBe('the other')
  })

  it('copies data without its secrets, names of properties included', () => {
    const redactor = new Redactor()
    const secret = new Secret('s3cret-value')
    redactor.register(secret)
    const data = { list: ['x s3cret-value', 7, null], 's3cret-value': true, nested: { secret } }
    expect(redactor.redactData(data)).toEqual({
      list: [`x ${HIDDEN}`, 7, null],
      [HIDDEN]: true,
      nested: { secret: HIDDEN },
    })
    expect(data.list[0]).toBe('x s3cret-value')
  })

  it('lets no secret through in any place of copied data', () => {
    fc.assert(
      fc.property(value, fc.array(fc.string()), (secret, path) => {
        const redactor = new Redactor()
        redactor.register(new Secret(secret))
        let data: unknown = `(${secret})`
        for (const name of path)
          data = name.length % 2 ? [data, name] : { [name]: data, [`(${secret})`]: name }
        const strings: string[] = []
        JSON.stringify(redactor.redactData(data), (key, item: unknown) => {
          strings.push(key, typeof item === 'string' ? item : '')
          return item
        })
        expect(strings.filter((text) => text.includes(`(${secret})`))).toEqual([])
      }),
    )
  })
})
