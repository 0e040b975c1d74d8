import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePfx } from '../../../electron/certificate/pkcs12/write.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { openssl } from './openssl.ts'

let folder: string
const at = (name: string) => join(folder, name)
const codes = async (bytes: Uint8Array, password?: Secret) =>
  (await readPfx(bytes, password)).problems.map(({ code }) => code)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-read-'))
  await pair('rsa', ['rsa:2048'])
  await pair('ec', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'])
  await pair('short', ['rsa:1024'])
}, 30_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function pair(name: string, kind: readonly string[]): Promise<void> {
  const subject = ['-subj', '/C=CY/L=Nicosia/O=ACME, EMEA/CN=Signer', '-days', '30', '-nodes']
  await openssl([
    'req',
    '-x509',
    '-newkey',
    ...kind,
    ...subject,
    '-keyout',
    at(`${name}.key`),
    '-out',
    at(`${name}.crt`),
  ])
}

async function pfx(name: string, options: readonly string[] = [], key = name): Promise<Uint8Array> {
  const files = ['-in', at(`${name}.crt`), '-out', at('out.pfx')]
  const keyOptions = options.includes('-nokeys') ? [] : ['-inkey', at(`${key}.key`)]
  const password = options.includes('-passout') ? [] : ['-passout', 'pass:']
  await openssl(['pkcs12', '-export', ...files, ...keyOptions, ...password, ...options])
  return readFile(at('out.pfx'))
}

describe('a PFX file made by openssl', () => {
  it.each([
    ['with AES', []],
    ['with 3DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['as old versions made it, RC2', ['-legacy']],
    ['without a seal', ['-nomac']],
    ['not encrypted', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
  ])('is read %s', async (_, options) => {
    const { facts, problems } = await readPfx(await pfx('rsa', options))
    expect(problems).toEqual([])
    const fingerprint = await openssl(['x509', '-in', at('rsa.crt'), '-noout', '-fingerprint', '-sha1'])
    expect(fingerprint.replaceAll(':', '').trim().endsWith(`=${facts!.thumbprint}`)).toBe(true)
    const modulus = await openssl(['x509', '-in', at('rsa.crt'), '-noout', '-modulus'])
    expect(facts!.publicJwk).toMatchObject({
      n: Buffer.from(modulus.trim().replace('Modulus=', ''), 'hex').toString('base64url'),
    })
    expect(facts).toMatchObject({
      subject: 'CN=Signer, O=ACME\\, EMEA, L=Nicosia, C=CY',
      hasPrivateKey: true,
      keyKind: 'RSA-2048',
    })
    expect(facts!.notAfter.getTime() - facts!.notBefore.getTime()).toBe(30 * 86_400_000)
  })

  it('is read with an EC key', async () => {
    const { facts, problems } = await readPfx(await pfx('ec'))
    expect(problems).toEqual([])
    expect(facts).toMatchObject({ keyKind: 'ECDSA P-384', hasPrivateKey: true, publicJwk: { crv: 'P-384' } })
  })

  it('names a password, and opens with it when it is known', async () => {
    const bytes = await pfx('rsa', ['-passout', 'pass:geheim'])
    expect(await readPfx(bytes)).toEqual({ problems: [expect.objectContaining({ code: 'pfx.password' })] })
    const known = await readPfx(bytes, new Secret('geheim'))
    expect(known.facts?.hasPrivateKey).toBe(true)
    expect(known.problems.map(({ code }) => code)).toEqual(['pfx.password'])
    expect(await codes(bytes, new Secret('other'))).toEqual(['pfx.wrong-password'])
  })

  it('names a missing, a foreign and a short key', async () => {
    const missing = await readPfx(await pfx('rsa', ['-nokeys']))
    expect(missing.facts?.hasPrivateKey).toBe(false)
    expect(missing.problems.map(({ code }) => code)).toEqual(['pfx.no-private-key'])
    expect(await codes(await pfx('short'))).toEqual(['pfx.short-key'])
    const der = (name: string, args: readonly string[]) =>
      openssl([...args, '-outform', 'DER', '-out', at(name)]).then(() => readFile(at(name)))
    const certificate = await der('c.der', ['x509', '-in', at('ec.crt')])
    const key = await der('k.der', ['pkcs8', '-topk8', '-nocrypt', '-in', at('rsa.key')])
    expect(
      await codes(
        await writePfx({
          certificates: [certificate],
          privateKey: key,
          friendlyName: 'mixed',
          profile: 'AES-256',
          random: realRandom,
        }),
      ),
    ).toEqual(['pfx.other-key'])
  })

  it('names what stands in its place', async () => {
    expect(await codes(new Uint8Array())).toEqual(['pfx.empty'])
    expect(await codes(await readFile(at('rsa.crt')))).toEqual(['pfx.pem'])
    await openssl(['x509', '-in', at('rsa.crt'), '-outform', 'DER', '-out', at('rsa.der')])
    expect(await codes(await readFile(at('rsa.der')))).toEqual(['pfx.certificate-only'])
    expect(await codes(Buffer.from('this is not a pfx'))).toEqual(['pfx.garbage'])
    expect(await codes(Buffer.alloc(2 * 1024 * 1024))).toEqual(['pfx.too-large'])
    await writeFile(at('cut.pfx'), await pfx('rsa'))
    await truncate(at('cut.pfx'), 1000)
    expect(await codes(await readFile(at('cut.pfx')))).toEqual(['pfx.garbage'])
  })

  it('is never the cause of another failure, however it is damaged', { timeout: 120_000 }, async () => {
    const bytes = await pfx('rsa', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac'])
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (place, value) => {
        const damaged = Uint8Array.from(bytes)
        damaged[place] = value
        const { facts } = await readPfx(damaged)
        if (facts) expect(facts.notAfter.getTime()).not.toBeNaN()
      }),
      { numRuns: 400 },
    )
  })
})
