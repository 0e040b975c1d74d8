import { createPrivateKey, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { readMaterial, type Material } from '../../../electron/certificate/material.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { besidePfx, certificateFiles } from '../../../electron/certificate/write-files.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const PASSWORD = 'Str0ng-Canary_pass.word9'

let pfx: Uint8Array
let material: Material

beforeAll(async () => {
  pfx = (await createSigningCertificate({ key: 'ECDSA-P256', now: new Date(), random: realRandom })).pfx
  material = await readMaterial({ file: pfx })
})

function input() {
  const own = material.certificate!.raw
  return {
    pfxPath: '/somewhere/openssl.pfx',
    pfx,
    certificates: [own],
    privateKey: material.privateKey!,
  } as const
}

describe('the files of a certificate', () => {
  it('are the PFX alone when nothing else is wanted', async () => {
    expect(await certificateFiles(input())).toEqual([
      { path: '/somewhere/openssl.pfx', bytes: pfx, access: 'private' },
    ])
  })

  it('have the names of the vendor’s script, and keep keys private', async () => {
    const files = await certificateFiles({ ...input(), cer: true, pem: { password: new Secret(PASSWORD) } })
    expect(files.map(({ path, access }) => [path, access])).toEqual([
      ['/somewhere/openssl.pfx', 'private'],
      ['/somewhere/openssl.cer', 'inherit'],
      ['/somewhere/openssl.crt', 'inherit'],
      ['/somewhere/openssl.key', 'private'],
    ])
  })

  it('belong together, and the key opens by its password only', async () => {
    const files = await certificateFiles({ ...input(), cer: true, pem: { password: new Secret(PASSWORD) } })
    const [, cer, crt, key] = files.map(({ bytes }) => Buffer.from(bytes))
    expect(new X509Certificate(cer!).raw.equals(material.certificate!.raw)).toBe(true)
    expect(cer![0]).toBe(0x30)
    expect(crt!.toString()).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
    const certificate = new X509Certificate(crt!)
    const opened = createPrivateKey({ key: key!, passphrase: PASSWORD })
    expect(certificate.checkPrivateKey(opened)).toBe(true)
    expect(() => createPrivateKey({ key: key!, passphrase: 'another' })).toThrow(/./)
    expect(key!.toString()).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
  })

  it('hold the chain in the PEM file, the own certificate first', async () => {
    const authority = await createSigningCertificate({
      key: 'ECDSA-P256',
      subject: 'CN=Authority',
      now: new Date(),
      random: realRandom,
    })
    const above = new X509Certificate(authority.certificatePem).raw
    const files = await certificateFiles({
      ...input(),
      certificates: [material.certificate!.raw, above],
      pem: { password: new Secret(PASSWORD) },
    })
    const pem = Buffer.from(files[1]!.bytes).toString()
    expect(pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(new X509Certificate(pem).raw.equals(material.certificate!.raw)).toBe(true)
  })
})

describe('names beside a PFX', () => {
  it.each([
    ['/a/openssl.pfx', '/a/openssl.key'],
    ['C:\\Identity Service\\Key.PFX', 'C:\\Identity Service\\Key.key'],
    ['/a/b.p12', '/a/b.key'],
    // Never the PFX's own.
    ['/a/signing.key', '/a/signing.key.key'],
    ['/a.pfx/signing', '/a.pfx/signing.key'],
  ])('%s → %s', (path, key) => {
    expect(besidePfx(path).key).toBe(key)
    expect(Object.values(besidePfx(path))).not.toContain(path)
  })
})
