import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SUBJECT, parseSubject } from '../../../electron/certificate/subject.ts'
import { SetupError } from '../../../electron/contract/problem.ts'

describe('a subject', () => {
  it('is read in the order people write it', () => {
    expect(parseSubject('CN=Identity Service, O=Acme, C=CY').parts).toEqual([
      { type: 'CN', value: 'Identity Service' },
      { type: 'O', value: 'Acme' },
      { type: 'C', value: 'CY' },
    ])
  })

  it.each([
    ['cn = Identity Service ,o=Acme', 'CN=Identity Service, O=Acme'],
    ['O="Acme, Ltd"', 'O=Acme\\, Ltd'],
    ['O=Acme\\, Ltd', 'O=Acme\\, Ltd'],
    ['CN=a\\\\b\\"c', 'CN=a\\\\b\\"c'],
    ['CN=\\E2\\82\\AC uro', 'CN=€ uro'],
    ['S=Limassol', 'ST=Limassol'],
    ['CN=\\20, O=\\ \\ ', 'CN=\\ , O=\\ \\ '],
    ['CN=שירות זהות 🔑', 'CN=שירות זהות 🔑'],
    [DEFAULT_SUBJECT, 'CN=Identity Service'],
  ])('%s is understood', (text, spelled) => {
    expect(parseSubject(text).text).toBe(spelled)
  })

  it.each([
    ['', 'an empty part'],
    ['Identity Service', 'no “=”'],
    ['CN=', 'CN is empty'],
    ['CN=a,,O=b', 'an empty part'],
    ['CN=a, X=b', '“X”'],
    ['C=Cyprus', 'two letters'],
    ['C=ЦЫ', 'two letters'],
    ['CN=a\u0000b', 'control character'],
    ['CN=a\\00b', 'control character'],
    ['CN=\ud800', 'half of a character'],
    ['CN=\\C3', 'not UTF-8'],
    ['CN=a+OU=b', '“+”'],
    ['CN=#0401', '“#”'],
    ['CN="open', 'quotation mark'],
    ['CN=a\\x', 'escapes nothing'],
    [`CN=${'x'.repeat(65)}`, '65 characters'],
    [`O=${'x'.repeat(10_000)}`, '10000 characters'],
  ])('%j is refused in words', (text, words) => {
    try {
      parseSubject(text)
      expect.unreachable()
    } catch (error) {
      const { problem } = error as SetupError
      expect(problem.code).toBe('certificate.subject')
      expect(problem.what).toContain(words)
      expect(problem.next).toMatch(/^(Write|Use|Shorten) /)
    }
  })

  it('is the same after it is written and read again', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/\p{Cc}/u.test(text))
    fc.assert(
      fc.property(value, value, (name, organization) => {
        const parts = [
          { type: 'CN', value: name },
          { type: 'O', value: organization },
        ]
        const hex = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '\\$&')
        const first = parseSubject(`CN=${hex(name)}, O=${hex(organization)}`)
        expect(first.parts).toEqual(parts)
        expect(parseSubject(first.text)).toEqual(first)
      }),
    )
  })

  // The library's tables of all characters take a second of their own.
  it('never fails in another way than in words', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseSubject(text)
        } catch (error) {
          expect(error).toBeInstanceOf(SetupError)
        }
      }),
    )
  })
})
