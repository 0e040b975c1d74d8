import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkClientId, checkClientName, checkClientSecret } from '../../../electron/client/check.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const secretOf = (length: number) => new Secret('s'.repeat(length))

describe('a typed client', () => {
  it.each(['IdServiceUser123', 'שירות-זהות-16-תו', 'a"b\\c;d\'e=f{g}h/', 'x🔑y🔑z🔑1🔑2345'])(
    'may have the id %s',
    (id) => {
      expect(id).toHaveLength(16)
      expect(checkClientId(id)).toEqual({ verdict: 'ok' })
    },
  )

  it('needs consent for another length, as the sample of the vendor does', () => {
    expect(checkClientId('IdServiceUser')).toMatchObject({
      verdict: 'warning',
      code: 'client.length',
      what: 'The client ID has 13 characters; the vendor asks for 16.',
    })
    expect(checkClientSecret(secretOf(32))).toEqual({ verdict: 'ok' })
    expect(checkClientSecret(secretOf(31))).toMatchObject({ code: 'client.length' })
    expect(checkClientSecret(secretOf(4000))).toMatchObject({ code: 'client.length' })
    expect(checkClientName('n')).toEqual({ verdict: 'ok' })
  })

  it.each([
    ['', 'client.empty'],
    ['   ', 'client.empty'],
    ['x'.repeat(201), 'client.too-long'],
    ['x'.repeat(10_000), 'client.too-long'],
    ['abc\u0000def', 'client.control'],
    ['abc\ndef', 'client.control'],
    ['abc\u2028def', 'client.control'],
    ['abc\u0085def', 'client.control'],
    ['abc\ud83d', 'client.half-character'],
    ['\udd11abc', 'client.half-character'],
  ])('may not have the id or name %j', (value, code) => {
    expect(checkClientId(value)).toMatchObject({ verdict: 'refused', code })
    expect(checkClientName(value)).toMatchObject({ verdict: 'refused', code })
  })

  it('may not have a secret longer than the table holds', () => {
    expect(checkClientSecret(secretOf(4001))).toMatchObject({ verdict: 'refused', code: 'client.too-long' })
  })

  it.each([
    ['abcdefgh\u202e1234567', 'client.invisible'],
    ['\ufeffabcdefghijklmno', 'client.invisible'],
    [' abcdefghijklmno', 'client.outer-space'],
    ['abcdefghijklmno\u00a0', 'client.outer-space'],
  ])('is asked about what cannot be seen in %j', (value, code) => {
    expect(checkClientId(value)).toMatchObject({ verdict: 'warning', code })
  })

  it('is never told its own secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 12 }), (value) => {
        const verdict = checkClientSecret(new Secret(value))
        expect(JSON.stringify(verdict)).not.toContain(JSON.stringify(value).slice(1, -1))
      }),
    )
  })

  it('is judged in words for whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
        const verdict = checkClientId(value)
        if (verdict.verdict === 'ok') expect(value).toMatch(/^[^\p{Cc}]{1,16}$/u)
        else expect(verdict.next).toMatch(/^[A-Z][a-z]+ .*\.$/)
      }),
    )
  })
})
