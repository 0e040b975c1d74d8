import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeForSigning, type JudgedAgainst } from '../../../electron/certificate/judge.ts'
import { lookAtMaterial } from '../../../electron/certificate/look.ts'
import { publicKeyHashOf, readMaterial } from '../../../electron/certificate/material.ts'
import { thumbprintOf } from '../../../electron/certificate/self-signed.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { openssl } from './openssl.ts'
import { AUTHORITY, type NewKey, pemOf, SIGNER, Workshop } from './workshop.ts'

const DAY_MS = 86_400_000
let shop: Workshop

beforeAll(async () => {
  shop = await Workshop.open()
  await shop.selfSigned('rsa', 'rsa', ['-days', '90'])
  await shop.selfSigned('other')
}, 30_000)
afterAll(() => shop.close())

/** A PEM pair of this workshop. */
const pair = async (name: string) =>
  Buffer.from((await shop.text(`${name}.crt`)) + (await shop.text(`${name}.key`)))

interface Given {
  readonly privateKey?: Buffer
  readonly password?: string
  readonly about?: Partial<JudgedAgainst>
}

const GIVEN_FILE = 'C:\\certificates\\given'
const KEY_FILE = 'C:\\certificates\\given.key'

/** The codes of problems and warnings. Each problem has to say what to do, and none may hold a line of a key. */
async function codes(file: Uint8Array | string, { privateKey, password, about }: Given = {}) {
  const now = about?.now ?? new Date()
  const material = await readMaterial({
    file: Buffer.from(file as string),
    ...(privateKey ? { privateKey: { path: KEY_FILE, bytes: privateKey } } : {}),
    ...(password === undefined ? {} : { password: new Secret(password) }),
  })
  const judged = judgeForSigning(material, { ...about, now })
  const { problems, warnings } = lookAtMaterial(GIVEN_FILE, material, judged, now)
  for (const { what, next, cause = 'It matters.', where } of [...problems, ...warnings]) {
    for (const sentence of [what, next, cause]) expect(sentence).toMatch(/^[\p{Lu}8].*[.)]$/u)
    expect([GIVEN_FILE, ...(privateKey ? [KEY_FILE] : [])]).toContain(where?.file)
  }
  expect(JSON.stringify({ problems, warnings })).not.toMatch(/PRIVATE KEY-|[A-Za-z0-9+/]{64}/)
  return { problems: problems.map(({ code }) => code), warnings: warnings.map(({ code }) => code) }
}

const refused = (...problems: string[]) => ({
  problems: problems.map((code) => `certificate.${code}`),
  warnings: [],
})
const warned = (...warnings: string[]) => ({
  problems: [],
  warnings: warnings.map((code) => `certificate.${code}`),
})
const taken = { problems: [], warnings: [] }

it('takes what the service can sign with', async () => {
  expect(await codes(await pair('rsa'))).toEqual(taken)
  for (const [key, hash] of [
    ['p-256', 'sha256'],
    ['p-384', 'sha384'],
    ['p-521', 'sha512'],
  ] as const) {
    await shop.selfSigned('ec', key, [`-${hash}`, '-days', '90'])
    expect(await codes(await pair('ec'))).toEqual(taken)
    expect(await codes(await shop.pfx('ec', 'x'), { password: 'x' })).toEqual(taken)
  }
})

describe('a file that is not what it should be', () => {
  it.each([
    ['empty', ''],
    ['too-large', Buffer.alloc(5 * 1024 * 1024, 'A')],
    ['damaged', 'this is no certificate'],
    ['damaged', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['damaged', '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n'],
    ['damaged', pemOf('CERTIFICATE', Buffer.from('no structure'))],
    ['unknown', pemOf('CERTIFICATE', Buffer.from('0403414243', 'hex'))],
    ['openssh-key', pemOf('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1'))],
  ])('is refused as %s', async (code, file) => {
    expect(await codes(file)).toEqual(refused(code))
  })

  it('is a request', async () => {
    await openssl([
      'req',
      '-new',
      '-key',
      shop.at('rsa.key'),
      '-subj',
      '/CN=asked',
      '-out',
      shop.at('asked.csr'),
    ])
    const request = await shop.text('asked.csr')
    expect(await codes(request)).toEqual(refused('request'))
    expect(await codes(request.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'))).toEqual(
      refused('request'),
    )
    const der = await shop.convert(request, ['req', '-outform', 'DER', '-in', 'IN', '-out', 'OUT'])
    expect(await codes(der)).toEqual(refused('request'))
  })

  it('holds no certificate', async () => {
    expect(await codes(await shop.read('rsa.key'))).toEqual(refused('none'))
    expect(
      await codes(
        await shop.convert('', [
          'pkcs12',
          '-export',
          '-nocerts',
          '-inkey',
          shop.at('rsa.key'),
          '-passout',
          'pass:',
          '-out',
          'OUT',
        ]),
      ),
    ).toEqual(refused('none'))
    const publicKey = await shop.convert(await shop.read('rsa.key'), [
      'pkey',
      '-pubout',
      '-in',
      'IN',
      '-out',
      'OUT',
    ])
    expect(await codes(publicKey)).toEqual(refused('none'))
  })

  it('holds two certificates of their own, with or without keys', async () => {
    const two = Buffer.concat([await pair('rsa'), await pair('other')])
    expect(await codes(two)).toEqual(refused('several'))
    expect(await codes((await shop.text('rsa.crt')) + (await shop.text('other.crt')))).toEqual(
      refused('several'),
    )
    expect(await codes(Buffer.concat([await pair('rsa'), await pair('rsa')]))).toEqual(taken)
  })

  it('holds two certificates of one name and one key: an old one and its renewal', async () => {
    const renew = [
      '-subj',
      '/CN=rsa',
      '-key',
      shop.at('rsa.key'),
      '-days',
      '900',
      '-out',
      shop.at('renewed.crt'),
    ]
    await openssl(['req', '-x509', ...renew])
    const both = Buffer.concat([await pair('rsa'), await shop.read('renewed.crt')])
    expect(await codes(both)).toEqual(refused('several'))
  })
})

describe('a PFX that does not open', () => {
  it('has a password, or another one', async () => {
    const bytes = await shop.pfx('rsa', 'right')
    expect(await codes(bytes)).toEqual(refused('password-needed'))
    expect(await codes(bytes, { password: 'wrong' })).toEqual(refused('wrong-password'))
    expect(await codes(bytes, { password: 'right' })).toEqual(taken)
  })

  it('is protected by something that is not read here', async () => {
    const rc4 = ['-legacy', '-keypbe', 'PBE-SHA1-RC4-40', '-certpbe', 'PBE-SHA1-RC4-40']
    expect(await codes(await shop.pfx('rsa', 'x', rc4), { password: 'x' })).toEqual(refused('unsupported'))
  })

  it('has no MAC: it is taken, with a warning, and has to be written anew', async () => {
    const bytes = await shop.pfx('rsa', '', ['-nomac'])
    expect(await codes(bytes)).toEqual(warned('no-mac'))
    expect((await readMaterial({ file: bytes })).ready).toBe(false)
    expect((await readMaterial({ file: await shop.pfx('rsa', '') })).ready).toBe(true)
  })
})

describe('a key that does not go with it', () => {
  it('is missing', async () => {
    expect(await codes(await shop.read('rsa.crt'))).toEqual(refused('no-private-key'))
    expect(await codes(await shop.pfx('rsa', '', ['-nokeys']))).toEqual(refused('no-private-key'))
  })

  it('belongs to another certificate', async () => {
    const privateKey = await shop.read('other.key')
    expect(await codes(await shop.read('rsa.crt'), { privateKey })).toEqual(refused('other-key'))
    expect(await codes(Buffer.concat([await shop.read('rsa.crt'), privateKey]))).toEqual(refused('other-key'))
  })

  it('is not in the file that is named for it', async () => {
    const privateKey = await shop.read('other.crt')
    expect(await codes(await shop.read('rsa.crt'), { privateKey })).toEqual(refused('no-key-in-file'))
    expect(await codes(await shop.read('rsa.crt'), { privateKey: Buffer.alloc(0) })).toEqual(refused('empty'))
  })
})

describe('the file of the private key', () => {
  const about = async (file: Uint8Array, key: Uint8Array, password?: string) => {
    const { problems } = await readMaterial({
      file,
      privateKey: { path: KEY_FILE, bytes: key },
      ...(password === undefined ? {} : { password: new Secret(password) }),
    })
    return problems.map(({ code, where, what }) => ({ code, file: where?.file, what }))
  }

  it('is named where the problem lies in it', async () => {
    const crt = await shop.read('rsa.crt')
    const inKeyFile = (code: string) => [
      expect.objectContaining({ code: `certificate.${code}`, file: KEY_FILE }),
    ]
    expect(await about(crt, Buffer.alloc(0))).toEqual(inKeyFile('empty'))
    expect(await about(crt, Buffer.from('no key'))).toEqual(inKeyFile('damaged'))
    expect(await about(crt, await shop.read('other.crt'))).toEqual(inKeyFile('no-key-in-file'))
    expect(await about(crt, await shop.read('other.key'))).toEqual(inKeyFile('other-key'))
    const encrypted = await shop.pfx('rsa', 'right')
    expect(await about(crt, encrypted)).toEqual(inKeyFile('password-needed'))
    expect(await about(crt, encrypted, 'wrong')).toEqual(inKeyFile('wrong-password'))
    const [empty] = await about(crt, Buffer.alloc(0))
    expect(empty?.what).not.toContain('certificate')
  })

  it('is not named where the certificate’s own file is the wrong one', async () => {
    const both = Buffer.concat([await shop.read('rsa.crt'), await shop.read('other.key')])
    expect(await about(both, await shop.read('other.key'))).toMatchObject([
      { code: 'certificate.other-key', file: undefined },
    ])
  })

  it('may be swapped with the certificate', async () => {
    const problems = await about(await shop.read('rsa.key'), await shop.read('rsa.crt'))
    expect(problems).toMatchObject([{ code: 'certificate.swapped' }])
  })

  it('is protected by what is not read here: the cipher is named, and a way out for a key', async () => {
    const old = (await shop.text('rsa.key')).replace(/-----BEGIN [\s\S]*/, () =>
      [
        '-----BEGIN RSA PRIVATE KEY-----',
        'Proc-Type: 4,ENCRYPTED',
        'DEK-Info: IDEA-CBC,0011223344556677',
        '',
        'AAAA',
        '-----END RSA PRIVATE KEY-----',
      ].join('\n'),
    )
    const problems = await about(await shop.read('rsa.crt'), Buffer.from(old), 'x')
    expect(problems).toMatchObject([{ code: 'certificate.unsupported', file: KEY_FILE }])
    expect(problems[0]?.what).toBe(
      'The private key is protected by the old cipher IDEA-CBC, which this program does not read.',
    )
  })

  it.each([
    ['a vector cut short', 'DES-CBC,0011', 'AAAAAAAAAAA='],
    ['no whole blocks', 'DES-CBC,0011223344556677', 'AAAA'],
    ['no vector at all', 'DES-CBC,', 'AAAAAAAAAAA='],
    ['no cipher', '0011223344556677', 'AAAAAAAAAAA='],
  ])('is damaged: %s', async (_, info, base64) => {
    const lines = ['BEGIN RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED', `DEK-Info: ${info}`, '', base64]
    const [begin, ...rest] = lines
    const key = [`-----${begin}-----`, ...rest, '-----END RSA PRIVATE KEY-----', ''].join('\n')
    expect(await about(await shop.read('rsa.crt'), Buffer.from(key), 'x')).toMatchObject([
      { code: 'certificate.damaged', file: KEY_FILE },
    ])
  })

  it('of an EC key may come with its curve spelled out, which is no second problem', async () => {
    await openssl([
      'ecparam',
      '-name',
      'prime256v1',
      '-param_enc',
      'explicit',
      '-genkey',
      '-out',
      shop.at('explicit.key'),
    ])
    await openssl([
      'req',
      '-x509',
      '-key',
      shop.at('explicit.key'),
      '-subj',
      '/CN=explicit',
      '-days',
      '90',
      '-out',
      shop.at('explicit.crt'),
    ])
    expect(await codes(await pair('explicit'))).toEqual(refused('key-kind'))
  })
})

describe('a certificate that the service cannot sign with', () => {
  it.each([
    ['short-key', 'rsa-1024', []],
    ['key-kind', 'ed25519', []],
    ['key-kind', 'p-256k', []],
    ['weak-hash', 'rsa', ['-sha1']],
    ['weak-hash', 'rsa', ['-md5']],
    ['curve-and-hash', 'p-256', ['-sha384']],
    ['curve-and-hash', 'p-384', ['-sha256']],
    ['curve-and-hash', 'p-521', ['-sha384']],
    ['key-usage', 'rsa', ['-addext', 'keyUsage=critical,keyEncipherment']],
  ] as const satisfies readonly (readonly [string, NewKey, readonly string[]])[])(
    '%s: %s %j',
    async (code, key, options) => {
      await shop.selfSigned('bad', key, ['-days', '90', ...options])
      expect(await codes(await pair('bad'))).toEqual(refused(code))
      expect(await codes(await shop.pfx('bad', 'x'), { password: 'x' })).toEqual(refused(code))
      const sec1 =
        key === 'p-256k'
          ? [await shop.convert(await shop.read('bad.key'), ['ec', '-in', 'IN', '-out', 'OUT'])]
          : []
      for (const privateKey of sec1)
        expect(await codes(await shop.read('bad.crt'), { privateKey })).toEqual(refused(code))
    },
  )

  it('names the kind of key in words', async () => {
    await shop.selfSigned('bad', 'p-256k')
    const material = await readMaterial({ file: await pair('bad') })
    const { problems } = judgeForSigning(material, { now: new Date() })
    expect(problems.map(({ what }) => what)).toEqual([
      'The service cannot sign with a key of the kind EC P-256K (secp256k1).',
    ])
  })

  it('has ended, has not begun, or ends soon', async () => {
    const { validFrom, validTo } = new X509Certificate(await shop.read('rsa.crt'))
    const from = new Date(validFrom).getTime()
    const to = new Date(validTo).getTime()
    const at = async (moment: number) => codes(await pair('rsa'), { about: { now: new Date(moment) } })
    expect(await at(to)).toEqual(refused('expired'))
    expect(await at(to - 1)).toEqual(warned('ends-soon'))
    expect(await at(to - 31 * DAY_MS + 1)).toEqual(warned('ends-soon'))
    expect(await at(to - 31 * DAY_MS)).toEqual(taken)
    expect(await at(from)).toEqual(taken)
    expect(await at(from - 1)).toEqual(refused('not-yet-valid'))
    const early = judgeForSigning(await readMaterial({ file: await pair('rsa') }), {
      now: new Date(from - 1),
    })
    const moment = new Date(from).toISOString().slice(0, 19).replace('T', ' ')
    expect(early.problems[0]?.what).toBe(`The certificate is not valid before ${moment} UTC.`)
  })

  it('signs by ECDSA, where the service does not, or may not', async () => {
    await shop.selfSigned('ec', 'p-256', ['-days', '90'])
    const file = await pair('ec')
    const signing = (offered: boolean, certain: boolean) =>
      codes(file, { about: { ecdsa: { offered, certain, why: 'The version says so.' } } })
    expect(await signing(true, true)).toEqual(taken)
    expect(await signing(true, false)).toEqual(warned('ecdsa-uncertain'))
    expect(await signing(false, true)).toEqual(refused('ecdsa-unsupported'))
    expect(await signing(false, false)).toEqual(warned('ecdsa-uncertain'))
    const rsa = { offered: false, certain: true, why: 'The version says so.' }
    expect(await codes(await pair('rsa'), { about: { ecdsa: rsa } })).toEqual(taken)
  })

  it('is somebody else’s: another installation’s, or the sample of the archive', async () => {
    const certificate = new X509Certificate(await shop.read('rsa.crt'))
    const publicKeyHash = publicKeyHashOf(certificate)
    const same = { name: 'test', thumbprint: thumbprintOf(certificate), publicKeyHash }
    const file = await pair('rsa')
    expect(await codes(file, { about: { others: [same] } })).toEqual(refused('same-certificate'))
    const renewed = { ...same, thumbprint: 'F'.repeat(40) }
    expect(await codes(file, { about: { others: [renewed] } })).toEqual(refused('same-key'))
    const shipped = [{ path: 'IdentityService.zip/openssl.pfx', publicKeyHash: publicKeyHash.toUpperCase() }]
    expect(await codes(file, { about: { shipped } })).toEqual(refused('shipped-sample'))
    const stranger = { ...same, publicKeyHash: '0'.repeat(64) }
    expect(await codes(file, { about: { others: [stranger] } })).toEqual(taken)
  })
})

describe('a certificate that only looks odd', () => {
  it('has no common name, or no name at all', async () => {
    for (const subject of ['/O=Example/C=CY', '/']) {
      await shop.selfSigned('odd', 'rsa', ['-subj', subject, '-days', '90'])
      expect(await codes(await pair('odd'))).toEqual(taken)
    }
  })

  it('ends after 2049', async () => {
    await shop.selfSigned('odd', 'rsa', ['-days', '30000'])
    const material = await readMaterial({ file: await pair('odd') })
    const now = new Date()
    const look = lookAtMaterial('odd', material, judgeForSigning(material, { now }), now)
    expect(look).toMatchObject({
      problems: [],
      certificate: { notAfter: expect.stringMatching(/^2[1-9]\d\d-/) },
    })
    expect([29_999, 30_000]).toContain(look.certificate?.daysLeft)
  })

  it('has a negative serial number', async () => {
    await shop.selfSigned('odd', 'rsa', ['-set_serial', '-0x1234', '-days', '90'])
    expect(await codes(await pair('odd'))).toEqual(taken)
    expect(await codes(await shop.pfx('odd', 'x'), { password: 'x' })).toEqual(taken)
  })

  it('comes from an authority that signs on another curve', async () => {
    await shop.selfSigned('root', 'p-256')
    await shop.issued('issued', 'root', SIGNER, 'p-384')
    const leaf = ['issued.crt', 'issued.key', 'root.crt']
    const file = Buffer.concat(await Promise.all(leaf.map((name) => shop.read(name))))
    expect(await codes(file)).toEqual(warned('curve-and-hash'))
  })

  it('comes with certificates that are no part of its chain', async () => {
    await shop.selfSigned('root')
    await shop.issued('middle', 'root', AUTHORITY)
    await shop.issued('issued', 'root', SIGNER)
    const all = ['issued.crt', 'issued.key', 'middle.crt', 'root.crt']
    const result = await codes(Buffer.concat(await Promise.all(all.map((name) => shop.read(name)))))
    expect(result).toEqual(warned('left-out'))
  })
})
