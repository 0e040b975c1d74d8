import { describe, expect, it } from 'vitest'
import { certificateLines, daysLeftText } from '../../../electron/hosts/cli/certificate/lines.ts'
import { daysOf, keyWishes, profileOf } from '../../../electron/hosts/cli/certificate/wishes.ts'
import { referenceOf } from '../../../electron/hosts/cli/values.ts'
import type { CertificateFacts } from '../../../electron/contract/certificate.ts'

const invalid = (what: RegExp | string = /./) =>
  expect.objectContaining({
    problem: expect.objectContaining({ code: 'arguments.invalid', what: expect.stringMatching(what) }),
  })

describe('wishes', () => {
  it('take the names of keys, hashes and profiles in any case', () => {
    expect(keyWishes({ key: 'ecdsa-p521', hash: 'sha-512', subject: 'CN=x' })).toEqual({
      key: 'ECDSA-P521',
      hash: 'SHA-512',
      subject: 'CN=x',
    })
    expect(profileOf('3des')).toBe('3DES')
    expect(profileOf(undefined)).toBeUndefined()
  })

  it('name what is known where something is not', () => {
    expect(() => keyWishes({ key: 'RSA-1024', subject: 'CN=x' })).toThrow(
      invalid(/RSA-1024.*RSA-2048, .*ECDSA-P521/),
    )
    expect(() => keyWishes({ key: 'RSA-2048', hash: 'SHA-1', subject: 'CN=x' })).toThrow(invalid(/SHA-1/))
    expect(() => profileOf('RC2')).toThrow(invalid(/AES-256, 3DES/))
  })

  it('count whole days', () => {
    expect(daysOf(undefined)).toBe(1095)
    expect(daysOf('30')).toBe(30)
    for (const text of ['', '-1', '1.5', '1e3', 'ten', '９'])
      expect(() => daysOf(text), text).toThrow(invalid(/--days/))
  })

  it('take secrets by reference, and never repeat one that was typed instead', () => {
    for (const reference of ['env:NAME', 'file:/a b', 'stdin'])
      expect(referenceOf('--password', reference)).toBe(reference)
    for (const typed of ['hunter2', 'env:', 'vault:x', 'generate', ''])
      expect(() => referenceOf('--password', typed), typed).toThrow(
        invalid(/^--password is followed by a reference/),
      )
  })
})

describe('words about a certificate', () => {
  const facts: CertificateFacts = {
    subject: 'CN=Identity Service',
    issuer: 'CN=Authority',
    selfSigned: false,
    notBefore: '2026-11-21T00:00:00.000Z',
    notAfter: '2027-11-21T00:00:00.000Z',
    daysLeft: 365,
    key: 'ECDSA P-256',
    signature: 'SHA-256 with ECDSA',
    serialNumber: '0A',
    thumbprint: 'B'.repeat(40),
    thumbprint256: 'C'.repeat(64),
    kid: `${'B'.repeat(40)}ES256`,
    keyUsage: ['digitalSignature'],
  }

  it('say whose it is, how long it holds, its key id, and which service it needs', () => {
    const text = certificateLines(facts).join('\n')
    expect(text).toMatch(/Issuer +CN=Authority\n/)
    expect(text).toMatch(/Valid +2026-11-21 to 2027-11-21, 365 days left\n/)
    expect(text).toMatch(/Key id \(kid\) +B{40}ES256\n/)
    expect(text).toMatch(/Needs +.*8\.2\.3 or later$/)
  })

  it('leave out what is not there', () => {
    const { kid: _kid, ...without } = { ...facts, key: 'RSA-2048', keyUsage: [] }
    const text = certificateLines({ ...without, selfSigned: true }).join('\n')
    expect(text).not.toMatch(/Key usage|kid|Needs|Authority|undefined/)
    expect(text).toContain('self-signed')
  })

  it.each([
    [400, '400 days left'],
    [1, '1 day left'],
    [0, 'ends within a day'],
    [-1, 'has ended'],
    [-30, 'ended 30 days ago'],
  ])('%i days: %s', (days, text) => expect(daysLeftText(days)).toBe(text))
})
