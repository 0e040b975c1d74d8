import { createPrivateKey, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPfx } from '../../../electron/certificate/pkcs12/open.ts'
import { openssl } from './openssl.ts'
import { Workshop } from './workshop.ts'

let shop: Workshop
let certificate: Buffer
let key: Buffer

beforeAll(async () => {
  shop = await Workshop.open()
  await shop.selfSigned('signer', 'p-256')
  certificate = new X509Certificate(await shop.read('signer.crt')).raw
  key = createPrivateKey(await shop.read('signer.key')).export({ format: 'der', type: 'pkcs8' })
}, 30_000)
afterAll(() => shop.close())

const pbe = (name: string, mac: string) => ['-keypbe', name, '-certpbe', name, '-macalg', mac]
const legacy = (name: string) => ['-legacy', ...pbe(name, 'sha1')]

const passwords = [
  ['none', ''],
  ['ASCII', 'correct horse 7!'],
  ['an umlaut', 'Grüße'],
  ['Cyrillic and CJK', 'Пароль-密码'],
  ['beyond the BMP', 'key-🔑-𝔸'],
  ['longer than a block of the derivation', 'ä'.repeat(200)],
] as const

describe.each(passwords)('a PFX with a password: %s', (_, password) => {
  it.each([
    ['AES-256, SHA-256 MAC', pbe('AES-256-CBC', 'sha256')],
    ['AES-192, SHA-384 MAC', pbe('AES-192-CBC', 'sha384')],
    ['AES-128, SHA-512 MAC', pbe('AES-128-CBC', 'sha512')],
    ['3DES, SHA-1 MAC', pbe('PBE-SHA1-3DES', 'sha1')],
    ['3DES, SHA-1 MAC', pbe('DES-EDE3-CBC', 'sha1')],
    ['3DES with two keys, SHA-1 MAC', pbe('PBE-SHA1-2DES', 'sha1')],
    ['RC2-40, SHA-1 MAC', legacy('PBE-SHA1-RC2-40')],
    ['RC2-128, SHA-1 MAC', legacy('PBE-SHA1-RC2-128')],
    ['RC2-40 and 3DES, SHA-1 MAC', ['-legacy']],
    ['AES-256, no MAC', ['-nomac']],
    ['not encrypted, SHA-256 MAC', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['AES-256, SHA-256 MAC', ['-iter', '1', '-maciter']],
  ])('is opened: %s', async (protection, options) => {
    const bytes = await shop.pfx('signer', password, options)
    const opened = await openPfx(bytes, password)
    expect(opened).toMatchObject({ protection, sealed: !protection.endsWith('no MAC') })
    expect(opened).toMatchObject({ certificates: [certificate], privateKeys: [key] })
  })

  it.each([[pbe('AES-256-CBC', 'sha256')], [['-legacy']], [['-nomac']]])(
    'is not opened by another: %j',
    async (options) => {
      const bytes = await shop.pfx('signer', password, options)
      expect(await openPfx(bytes, `${password}x`)).toEqual({ refused: 'wrong-password' })
      if (password !== '') expect(await openPfx(bytes, undefined)).toEqual({ refused: 'wrong-password' })
    },
  )
})

it('names what it does not read', async () => {
  const bytes = await shop.pfx('signer', 'x', legacy('PBE-SHA1-RC4-128'))
  expect(await openPfx(bytes, 'x')).toEqual({ refused: 'unsupported', about: 'RC4' })
})

it('opens what openssl 1.0 wrote: it widened each byte of UTF-8', async () => {
  const asOldOpensslTook = Buffer.from('Grüße').toString('latin1')
  const bytes = await shop.pfx('signer', asOldOpensslTook, pbe('PBE-SHA1-3DES', 'sha1'))
  expect(await openPfx(bytes, 'Grüße')).toMatchObject({ certificates: [certificate] })
})

it('opens a file whose lengths are left open (BER), as older Windows and Java write it', async () => {
  const bytes = await shop.pfx('signer', 'x')
  const outer = bytes.subarray(4)
  const open = Buffer.concat([Buffer.of(0x30, 0x80), outer, Buffer.of(0, 0)])
  expect(bytes[1]).toBe(0x82)
  expect(await openPfx(open, 'x')).toMatchObject({ certificates: [certificate], privateKeys: [key] })
})

it('finds keys and certificates of more than one', async () => {
  await shop.selfSigned('other', 'p-384')
  await openssl([
    'pkcs12',
    '-export',
    '-in',
    shop.at('signer.crt'),
    '-inkey',
    shop.at('signer.key'),
    '-certfile',
    shop.at('other.crt'),
    '-passout',
    'pass:',
    '-out',
    shop.at('two.pfx'),
  ])
  const opened = await openPfx(await shop.read('two.pfx'), '')
  expect(opened).toMatchObject({ certificates: { length: 2 }, privateKeys: { length: 1 } })
})
