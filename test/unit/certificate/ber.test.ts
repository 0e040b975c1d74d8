import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  identifierOf,
  MalformedError,
  numberOf,
  octetsOf,
  readElement,
} from '../../../electron/certificate/asn1/ber.ts'
import { identifier, integer, octets, sequence } from '../../../electron/certificate/asn1/der.ts'
import { distinguishedName } from '../../../electron/certificate/distinguished-name.ts'
import { timeOf } from '../../../electron/certificate/asn1/time.ts'

const hex = (text: string) => readElement(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('a structure', () => {
  it('is read back as it was written', () => {
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => octets(bytes)),
      fc.nat(0x7fff_ffff).map((number) => integer(number)),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (parts) => {
        const element = readElement(sequence(...parts))
        expect(element.children.map(({ raw }) => raw)).toEqual(parts)
      }),
    )
    fc.assert(fc.property(fc.nat(0x7fff_ffff), (number) => numberOf(readElement(integer(number))) === number))
  })

  it.each(['1.2.840.113549.1.7.1', '2.16.840.1.101.3.4.1.42', '0.9.2342.19200300.100.1.25', '2.999.1'])(
    'names %s',
    (oid) =>
      expect(
        identifierOf(readElement(oid === '2.999.1' ? Buffer.from('0603883701', 'hex') : identifier(oid))),
      ).toBe(oid),
  )

  it('may leave its length open, and cut its octets into parts', () => {
    expect(octetsOf(hex('24 80 0402 6162 0401 63 0000')).toString()).toBe('abc')
    expect(hex('30 80 30 80 0000 0500 0000').children).toHaveLength(2)
  })

  it.each([
    ['', 'nothing'],
    ['30', 'no length'],
    ['3002 05', 'cut short'],
    ['3001 05', 'a part longer than the whole'],
    ['0500 00', 'more than itself'],
    ['0480 0000', 'a primitive one without a length'],
    ['3080 0500', 'an open one without an end'],
    ['1f8101 00', 'a tag of several bytes'],
    ['3085 0000000001 05', 'a length of five bytes'],
  ])('%s is none: %s', (text) => {
    expect(() => hex(text)).toThrow(MalformedError)
  })

  it('is never deeper than the stack', () => {
    expect(() => readElement(Buffer.from('3080'.repeat(100_000), 'hex'))).toThrow(MalformedError)
  })

  it('is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readElement(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a moment', () => {
  const at = (tag: number, text: string) =>
    timeOf({ tag, content: Buffer.from(text), raw: Buffer.from(text), children: [] })

  it.each([
    [0x17, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [0x17, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [0x17, '2611211200Z', '2026-11-21T12:00:00.000Z'],
    [0x18, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    [0x18, '99991231235959Z', '9999-12-31T23:59:59.000Z'],
    [0x18, '20261121120000.5Z', '2026-11-21T12:00:00.000Z'],
    [0x18, '00500101000000Z', '0050-01-01T00:00:00.000Z'],
  ])('of type %d: %s', (tag, text, iso) => {
    expect(at(tag, text).toISOString()).toBe(iso)
  })

  it.each([
    [0x17, '261321120000Z'],
    [0x17, '260230120000Z'],
    [0x17, '261121120000'],
    [0x18, 'tomorrow'],
    [0x04, '261121120000Z'],
  ])('is none: %d %s', (tag, text) => {
    expect(() => at(tag, text)).toThrow(MalformedError)
  })
})

it('writes names as people do, in whatever strings they are', () => {
  const len = (text: string) =>
    text.slice(0, 2) + (text.length / 2 - 1).toString(16).padStart(2, '0') + text.slice(2)
  const part = (oid: string, value: string) => len(`31${len(`30${oid}${value}`)}`)
  const cn = '0603550403'
  const name = (...parts: string[]) => distinguishedName(hex(len(`30${parts.join('')}`)))
  const utf8 = (text: string) => len(`0c${Buffer.from(text).toString('hex')}`)
  expect(name()).toBe('')
  const country = part('0603550406', len(`13${Buffer.from('CY').toString('hex')}`))
  expect(name(country, part(cn, utf8('Größe, AG')))).toBe('CN=Größe\\, AG, C=CY')
  const wide = len(`1e${Buffer.from('密码', 'utf16le').swap16().toString('hex')}`)
  expect(name(part(cn, wide))).toBe('CN=密码')
  expect(name(part('06032a0304', utf8('x')))).toBe('1.2.3.4=x')
  expect(name(part(cn, utf8('a\u001B[2Jb')))).toBe('CN=a\\1B[2Jb')
})
