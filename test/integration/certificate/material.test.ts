import { createPrivateKey, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Material, publicKeyHashOf, readMaterial } from '../../../electron/certificate/material.ts'
import { partsOf } from '../../../electron/certificate/x509.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { AUTHORITY, type NewKey, pemOf, SIGNER, Workshop } from './workshop.ts'

let shop: Workshop
/** PEM texts by name. */
const pem: Record<string, string> = {}
const PASSWORD = 'Grüße-Пароль-🔑 7'

beforeAll(async () => {
  shop = await Workshop.open()
  await shop.selfSigned('root')
  await shop.issued('middle', 'root', AUTHORITY, 'p-384')
  await shop.issued('leaf', 'middle', SIGNER)
  await shop.issued('leaf-ec', 'middle', SIGNER, 'p-256')
  for (const name of ['root', 'middle', 'leaf', 'leaf-ec']) {
    pem[name] = await shop.text(`${name}.crt`)
    pem[`${name}.key`] = await shop.text(`${name}.key`)
  }
}, 30_000)
afterAll(() => shop.close())

/** Ciphers that openssl has put aside. */
const LEGACY = ['-provider', 'legacy', '-provider', 'default'] as const

/** The name, the names of the chain, and whether the key is the certificate's own PKCS#8. */
function summary({ certificate, chain, privateKey, keyFrom, problems, warnings }: Material) {
  const key = privateKey && createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  return {
    own: certificate && partsOf(certificate).subject,
    chain: chain.map((each) => partsOf(each).subject),
    key: key ? (certificate?.checkPrivateKey(key) ?? false) : 'none',
    keyFrom,
    codes: [...problems, ...warnings].map(({ code }) => code),
  }
}

const whole = (name: 'leaf' | 'leaf-ec', keyFrom = 'same-file') => ({
  own: `CN=${name}`,
  chain: ['CN=middle', 'CN=root'],
  key: true,
  keyFrom,
  codes: [],
})

const read = async (
  file: string | Uint8Array,
  more: { privateKey?: string | Uint8Array; password?: string } = {},
) =>
  readMaterial({
    file: Buffer.from(file as string),
    ...(more.privateKey === undefined
      ? {}
      : { privateKey: { path: 'private.key', bytes: Buffer.from(more.privateKey as string) } }),
    ...(more.password === undefined ? {} : { password: new Secret(more.password) }),
  })

describe('a PEM file', () => {
  it('gives the same in any order of its blocks, whatever its line ends', async () => {
    const blocks = [pem['leaf']!, pem['middle']!, pem['root']!, pem['leaf.key']!, pem['middle']!]
    const order = fc.shuffledSubarray(blocks, { minLength: blocks.length })
    const ends = fc.constantFrom('\n', '\r\n', '\r')
    const mark = fc.constantFrom('', '\uFEFF')
    const between = fc.constantFrom('', 'Bag Attributes\n    friendlyName: signer\n', 'subject=CN = leaf\n')
    await fc.assert(
      fc.asyncProperty(order, ends, mark, between, async (parts, end, bom, text) => {
        const file =
          bom +
          parts
            .map((part) => text + part)
            .join('')
            .replaceAll('\n', end)
        const material = await read(file)
        expect(material.format).toBe('PEM')
        expect(summary(material)).toEqual(whole('leaf'))
      }),
      { numRuns: 60 },
    )
  })

  it('is read in UTF-16, as PowerShell writes it', async () => {
    const text = Buffer.from(`\uFEFF${pem['leaf']}${pem['leaf.key']}`, 'utf16le')
    expect(summary(await read(text))).toMatchObject({ own: 'CN=leaf', key: true })
    expect(summary(await read(Buffer.from(text).swap16()))).toMatchObject({ own: 'CN=leaf', key: true })
  })

  it.each([
    ['PKCS#8', 'leaf', ['pkcs8', '-topk8', '-nocrypt', '-in', 'IN', '-out', 'OUT']],
    ['PKCS#1', 'leaf', ['rsa', '-traditional', '-in', 'IN', '-out', 'OUT']],
    ['SEC 1', 'leaf-ec', ['ec', '-in', 'IN', '-out', 'OUT']],
    [
      'SEC 1 with its parameters before it',
      'leaf-ec',
      ['ecparam', '-name', 'prime256v1', '-genkey', '-out', 'OUT'],
    ],
    ['PKCS#8, DER', 'leaf', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER', '-in', 'IN', '-out', 'OUT']],
    ['PKCS#1, DER', 'leaf', ['rsa', '-traditional', '-outform', 'DER', '-in', 'IN', '-out', 'OUT']],
    ['SEC 1, DER', 'leaf-ec', ['ec', '-outform', 'DER', '-in', 'IN', '-out', 'OUT']],
  ] as const)('takes its key from another file: %s', async (form, name, args) => {
    const key = await shop.convert(pem[`${name}.key`]!, args)
    const chain = pem[name]! + pem['middle']! + pem['root']!
    const material = await read(chain, { privateKey: key })
    if (form.includes('parameters'))
      expect(summary(material)).toMatchObject({ codes: ['certificate.other-key'] })
    else expect(summary(material)).toEqual(whole(name, 'other-file'))
  })

  const encryptions: readonly (readonly [name: string, args: readonly string[]])[] = [
    ['AES-256', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512']],
    ['AES-128, SHA-1', ['pkcs8', '-topk8', '-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1']],
    ['3DES by PBES2', ['pkcs8', '-topk8', '-v2', 'des3']],
    ['scrypt', ['pkcs8', '-topk8', '-scrypt', '-scrypt_N', '1024']],
    ['3DES by PKCS#12', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES']],
    ['DER', ['pkcs8', '-topk8', '-outform', 'DER']],
    ['the old form of PEM', ['rsa', '-traditional', '-aes256']],
    ['the old form of PEM, 3DES', ['rsa', '-traditional', '-des3']],
    ['the old form of PEM, DES', ['rsa', ...LEGACY, '-traditional', '-des']],
    ['MD5 and DES by PBES1', ['pkcs8', ...LEGACY, '-topk8', '-v1', 'PBE-MD5-DES']],
    ['SHA-1 and DES by PBES1', ['pkcs8', ...LEGACY, '-topk8', '-v1', 'PBE-SHA1-DES']],
    ['MD5 and RC2 by PBES1', ['pkcs8', ...LEGACY, '-topk8', '-v1', 'PBE-MD5-RC2-64']],
    ['SHA-1 and RC2 by PBES1', ['pkcs8', ...LEGACY, '-topk8', '-v1', 'PBE-SHA1-RC2-64']],
    ['RC2 by PKCS#12', ['pkcs8', ...LEGACY, '-topk8', '-v1', 'PBE-SHA1-RC2-128']],
  ]

  it.each(encryptions)('opens an encrypted key: %s', async (_, args) => {
    await shop.pfx('leaf', PASSWORD)
    const passing = ['-passout', `file:${shop.at('password.txt')}`, '-in', 'IN', '-out', 'OUT']
    const key = await shop.convert(pem['leaf.key']!, [...args, ...passing])
    const codes = async (password?: string) =>
      summary(await read(pem['leaf']!, { privateKey: key, ...(password === undefined ? {} : { password }) }))
    expect(await codes(PASSWORD)).toMatchObject({ key: true, keyFrom: 'other-file', codes: [] })
    expect(await codes(`${PASSWORD}!`)).toMatchObject({ key: 'none', codes: ['certificate.wrong-password'] })
    expect(await codes()).toMatchObject({ key: 'none', codes: ['certificate.password-needed'] })
    if (!Buffer.from('-----').equals(key.subarray(0, 5))) return
    const together = await read(pem['leaf']! + key.toString(), { password: PASSWORD })
    expect(summary(together)).toMatchObject({ key: true, keyFrom: 'same-file', codes: [] })
  })
})

describe('a PFX file', () => {
  it.each(['', 'correct horse', PASSWORD])('brings chain and key: “%s”', async (password) => {
    const chain = await shop.write('chain.pem', pem['root']! + pem['middle']!)
    const bytes = await shop.pfx('leaf', password, ['-certfile', chain])
    const material = await read(bytes, { password })
    expect(material.format).toBe('PFX')
    expect(material.protection).toBe(
      `AES-256, SHA-256 MAC, ${password === '' ? 'no password' : 'with a password'}`,
    )
    expect(summary(material)).toEqual(whole('leaf'))
  })

  it('opens without its password when it has none, whatever is given', async () => {
    const material = await read(await shop.pfx('leaf', ''), { password: 'not needed' })
    expect(material.protection).toMatch(/no password$/)
    expect(summary(material)).toMatchObject({ own: 'CN=leaf', key: true, codes: [] })
  })
})

describe('a PKCS#7 file', () => {
  const wrappings = [
    ['DER', (der: Buffer) => der],
    ['PKCS7', (der: Buffer) => pemOf('PKCS7', der)],
    ['PKCS #7 SIGNED DATA', (der: Buffer) => pemOf('PKCS #7 SIGNED DATA', der)],
    ['CMS', (der: Buffer) => pemOf('CMS', der)],
    ['CERTIFICATE, as Windows’ authority answers', (der: Buffer) => pemOf('CERTIFICATE', der, '\r\n')],
    ['base64 alone', (der: Buffer) => der.toString('base64')],
  ] as const

  it.each(wrappings)('gives its chain in any order, wrapped as %s', async (_, wrap) => {
    const orders = [
      ['leaf', 'middle', 'root'],
      ['root', 'middle', 'leaf'],
      ['middle', 'leaf', 'root'],
    ]
    for (const order of orders) {
      const all = order.map((name) => pem[name]).join('')
      const der = await shop.convert(all, [
        'crl2pkcs7',
        '-nocrl',
        '-certfile',
        'IN',
        '-outform',
        'DER',
        '-out',
        'OUT',
      ])
      const material = await read(wrap(der), { privateKey: pem['leaf.key']! })
      expect(material.format).toMatch(/^PKCS#7$/)
      expect(summary(material)).toEqual(whole('leaf', 'other-file'))
    }
  })

  it('holds no certificate: said in words', async () => {
    const der = await shop.convert('', ['crl2pkcs7', '-nocrl', '-outform', 'DER', '-out', 'OUT'])
    expect(summary(await read(der)).codes).toEqual(['certificate.none'])
  })
})

describe('the key of a pending request', () => {
  const der = () => createPrivateKey(pem['leaf.key']!).export({ format: 'der', type: 'pkcs8' })

  it('is found by its public half', async () => {
    const publicKeyHash = publicKeyHashOf(new X509Certificate(pem['leaf']!))
    const pendingKeys = async () => [
      { publicKeyHash: 'f'.repeat(64), open: () => Promise.reject(new Error('not this one')) },
      { publicKeyHash, open: async () => der() },
    ]
    const file = await shop.convert(pem['leaf']!, ['x509', '-outform', 'DER', '-in', 'IN', '-out', 'OUT'])
    const material = await readMaterial({ file, pendingKeys })
    expect(material.format).toBe('DER')
    expect(summary(material)).toMatchObject({
      own: 'CN=leaf',
      key: true,
      keyFrom: 'pending-request',
      codes: [],
    })
  })

  it('is gone or damaged: said, and nothing thrown', async () => {
    const publicKeyHash = publicKeyHashOf(new X509Certificate(pem['leaf']!))
    const gone = new SetupError({
      code: 'certificate.request-key',
      what: 'It is gone.',
      next: 'Look for it.',
    })
    const readWith = async (open: () => Promise<Uint8Array>) =>
      readMaterial({ file: Buffer.from(pem['leaf']!), pendingKeys: async () => [{ publicKeyHash, open }] })
    const material = await readWith(() => Promise.reject(gone))
    expect(summary(material)).toMatchObject({ key: 'none', codes: ['certificate.request-key'] })
    expect(summary(await readWith(async () => Buffer.from('no key')))).toMatchObject({
      key: 'none',
      codes: ['certificate.request-key'],
    })
  })

  it('is not asked for where a key is in the files', async () => {
    const pendingKeys = () => Promise.reject(new Error('asked'))
    const file = Buffer.from(pem['leaf']! + pem['leaf.key']!)
    expect((await readMaterial({ file, pendingKeys })).keyFrom).toBe('same-file')
  })
})

it.each(['rsa', 'p-256', 'p-384', 'p-521'] as const satisfies readonly NewKey[])(
  'is never usable, and never an exception, when it is cut short anywhere: %s',
  { timeout: 120_000 },
  async (key) => {
    await shop.selfSigned('cut', key)
    const der = await shop.convert(await shop.text('cut.crt'), [
      'x509',
      '-outform',
      'DER',
      '-in',
      'IN',
      '-out',
      'OUT',
    ])
    const files = [
      await shop.pfx('cut', '', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac']),
      await shop.pfx('cut', ''),
      der,
      Buffer.from(((await shop.text('cut.crt')) + (await shop.text('cut.key'))).trim()),
    ]
    for (const file of files)
      for (let length = 0; length < file.length; length++) {
        const { certificate, privateKey, problems } = await readMaterial({ file: file.subarray(0, length) })
        if (certificate && privateKey) expect.fail(`${length} of ${file.length} bytes are taken for whole`)
        // A PEM file that ends after its certificate is a whole certificate without its key.
        if (!certificate) expect(problems, `${length} of ${file.length} bytes`).not.toEqual([])
      }
  },
)

it('answers garbage with problems, and nothing else', { timeout: 120_000 }, async () => {
  const real = [
    await shop.pfx('leaf', ''),
    await shop.pfx('leaf', '', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac']),
    Buffer.from(pem['leaf-ec']! + pem['leaf-ec.key']!),
    await shop.convert(pem['leaf']!, [
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'IN',
      '-outform',
      'DER',
      '-out',
      'OUT',
    ]),
    await shop.convert(pem['leaf']!, ['x509', '-outform', 'DER', '-in', 'IN', '-out', 'OUT']),
  ]
  const damaged = fc
    .tuple(
      fc.constantFrom(...real),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    )
    .map(([bytes, changes]) => {
      const copy = Uint8Array.from(bytes)
      for (const [place, value] of changes) copy[place % copy.length] = value
      return copy
    })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        damaged,
        fc.uint8Array({ maxLength: 300 }),
        fc.string().map((text) => Buffer.from(text)),
      ),
      async (file) => {
        const { certificate, privateKey, problems } = await readMaterial({ file })
        if (!certificate) expect(problems.length).toBeGreaterThan(0)
        else expect(partsOf(certificate).notAfter.getTime()).not.toBeNaN()
        if (privateKey) createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
      },
    ),
    { numRuns: 1500 },
  )
})
