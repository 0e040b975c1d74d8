import { X509Certificate, verify } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { loadSigningKey } from '../../../electron/practice/service/signing-key.ts'
import { makePfx, removeFolder, run, temporaryFolder } from './service-under-test.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
})

afterAll(async () => {
  await removeFolder(folder)
})

/** Loads a PFX, signs with it, and checks the signature with the certificate that openssl wrote beside it. */
async function signs(pfx: string, certificateFile: string): Promise<{ algorithm: string; kid: string }> {
  const certificate = new X509Certificate(await readFile(certificateFile))
  const key = await loadSigningKey(pfx)
  const hash = `sha${key.algorithm.slice(2)}`
  const signature = await key.sign('text')
  const checked = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
  expect(verify(hash, Buffer.from('text'), checked, signature)).toBe(true)
  expect(key.kid).toBe(certificate.fingerprint.replaceAll(':', '') + key.algorithm)
  // As the engine: an RSA key comes with its certificate, an EC key bare.
  const named = key.algorithm === 'RS256'
  expect(key.jwk['x5c']).toEqual(named ? [certificate.raw.toString('base64')] : undefined)
  expect(key.jwk['x5t']).toBe(key.x5t)
  expect(key.x5t).toBe(named ? Buffer.from(key.kid.slice(0, 40), 'hex').toString('base64url') : undefined)
  return key
}

test.each([
  ['AES, SHA-256', []],
  ['3DES, SHA-1', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
  ['RC2', ['-legacy']],
  ['no encryption', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
  ['no integrity check', ['-nomac']],
])('a PFX of openssl with %s', async (name, options) => {
  const pfx = await makePfx(folder, `rsa-${name.replaceAll(/\W/g, '')}`, { options })
  expect((await signs(pfx, pfx.replace('.pfx', '.crt'))).algorithm).toBe('RS256')
})

test.each([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
])('the curve %s signs with %s', async (curve, algorithm) => {
  const pfx = await makePfx(folder, curve, { key: ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`] })
  expect((await signs(pfx, pfx.replace('.pfx', '.crt'))).algorithm).toBe(algorithm)
})

test('a curve that the service does not know', async () => {
  const pfx = await makePfx(folder, 'odd', { key: ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'] })
  await expect(loadSigningKey(pfx)).rejects.toThrow('Invalid curve for signing algorithm')
})

test('of a chain, the certificate that belongs to the key counts', async () => {
  await makePfx(folder, 'issuer')
  await makePfx(folder, 'leaf')
  const pfx = join(folder, 'chain.pfx')
  const at = (name: string) => join(folder, name)
  const chain = ['-certfile', at('issuer.crt'), '-inkey', at('leaf.key'), '-in', at('leaf.crt')]
  await run('openssl', ['pkcs12', '-export', ...chain, '-passout', 'pass:', '-out', pfx])
  await signs(pfx, at('leaf.crt'))
})

test.each([
  ['RSA-2048', 'AES-256', 'RS256'],
  ['RSA-2048', '3DES', 'RS256'],
  ['ECDSA-P256', '3DES', 'ES256'],
  ['ECDSA-P384', 'AES-256', 'ES384'],
  ['ECDSA-P521', '3DES', 'ES512'],
] as const)('the PFX that the wizard makes: %s, %s', async (key, profile, algorithm) => {
  const { random, clock } = realMachine()
  const subject = 'CN=Ключ, O="Größe, Ltd."'
  const made = await createSigningCertificate({ now: clock.now(), random, subject, key, profile })
  await writeFile(join(folder, 'made.pfx'), made.pfx)
  await writeFile(join(folder, 'made.crt'), made.certificatePem)
  expect((await signs(join(folder, 'made.pfx'), join(folder, 'made.crt'))).algorithm).toBe(algorithm)
})
