import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkClientId, checkClientName, checkClientSecret } from '../../../electron/client/check.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const secretOf = (length: number) => new Secret('s'.repeat(length))

describe('a typed client', () => {
  // RFC 6749, appendix A.1: VSCHAR is any printable ASCII character, a space in the middle too.
  it.each(['IdServiceUser123', 'Id Service User1', 'a"b\\c;d\'e=f{g}h/', '!#$%&()*+,-.:<>?'])(
    'may have the id %s',
    (id) => {
      expect(id).toHaveLength(16)
      expect(checkClientId(id)).toEqual({ verdict: 'ok' })
    },
  )

  it.each(['שירות-זהות-16-תו', 'x🔑y🔑z🔑1🔑2345', 'Größenordnung123'])(
    'is asked about an id or secret like %s, which OAuth does not carry; its name may be so',
    (value) => {
      expect(checkClientId(value)).toMatchObject({ verdict: 'warning', code: 'client.not-ascii' })
      expect(checkClientSecret(new Secret(value + value))).toMatchObject({
        verdict: 'warning',
        code: 'client.not-ascii',
      })
      expect(checkClientName(value)).toEqual({ verdict: 'ok' })
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
    expect(checkClientSecret(secretOf(100))).toMatchObject({ code: 'client.length' })
    expect(checkClientId('x'.repeat(100))).toMatchObject({ code: 'client.length' })
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

  it('may not have an id or a secret longer than the service reads; its name is read by nobody', () => {
    expect(checkClientId('x'.repeat(101))).toMatchObject({
      verdict: 'refused',
      code: 'client.too-long',
      what: 'The client ID has 101 characters; the service takes 100 at most.',
    })
    expect(checkClientSecret(secretOf(101))).toMatchObject({ verdict: 'refused', code: 'client.too-long' })
    expect(checkClientName('n'.repeat(200))).toEqual({ verdict: 'ok' })
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
        if (verdict.verdict === 'ok') expect(value).toMatch(/^[!-~][ -~]{14}[!-~]$/)
        else expect(verdict.next).toMatch(/^[A-Z][a-z]+ .*\.$/)
      }),
    )
  })
})
