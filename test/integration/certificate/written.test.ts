import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningCertificate, type MadeCertificate } from '../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { kinds, nameOf, profiles, type Kind } from './kinds.ts'
import { hasTool } from './left-out.ts'
import { openssl, opensslStreams } from './openssl.ts'
import { dotnetOpens } from './readers/dotnet-reader.ts'
import type { Expected } from './readers/found.ts'
import { nodeServes } from './readers/node-reader.ts'
import { nssOpens } from './readers/nss-reader.ts'
import { opensslOpens } from './readers/openssl-reader.ts'

/** Files made by this program, in the hands of readers that have nothing in common with it. */

interface MadeFile {
  readonly kind: Kind
  readonly file: string
  readonly made: MadeCertificate
  readonly expected: Expected
}

const dotnet = await hasTool('dotnet', ['--list-sdks'], (list) => /^\d\d\./m.test(list))
const nss = await hasTool('pk12util', [])
const combinations = profiles.flatMap((profile) =>
  kinds.map((kind) => ({ profile, kind, name: nameOf(kind) })),
)
const about = () => ({ now: new Date(), random: realRandom })

let folder: string
const files = new Map<string, MadeFile>()
const fileOf = (profile: string, name: string) => files.get(`${profile}-${name}`)!

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates written '))
  for (const { profile, kind, name } of combinations) {
    const { key, hash, algorithm } = kind
    const made = await createSigningCertificate({
      ...about(),
      key,
      hash,
      profile,
      subject: 'CN=Ünïcode 🔑, C=CY',
    })
    const file = join(folder, `${profile}-${name}.pfx`)
    await writeFile(file, made.pfx, { mode: 0o600 })
    files.set(`${profile}-${name}`, {
      kind,
      file,
      made,
      expected: { certificate: made.certificatePem, algorithm },
    })
  }
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(combinations)('a $profile file with $name', ({ profile, kind, name }) => {
  it('is opened by openssl, which finds what was wished for', async () => {
    const { file, made, expected } = fileOf(profile, name)
    await opensslOpens(file, expected)
    const own = new X509Certificate(made.certificatePem)
    expect(own.fingerprint.replaceAll(':', '')).toBe(made.thumbprint)
    expect(own.publicKey.export({ format: 'jwk' })).toEqual(made.publicJwk)
    const text = await openssl(['x509', '-noout', '-text', '-nameopt', 'utf8'], made.certificatePem)
    const digest = kind.hash.replace('-', '')
    expect(text).toMatch(
      new RegExp(
        kind.key.startsWith('RSA')
          ? `Signature Algorithm: ${digest}WithRSAEncryption`
          : `Signature Algorithm: ecdsa-with-${digest}`,
        'i',
      ),
    )
    expect(text).toContain(`Public-Key: (${/\d+$/.exec(kind.key)![0]} bit)`)
    expect(text).toContain('Ünïcode 🔑')
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(text).toContain('Subject Key Identifier')
  })

  it('serves TLS by node', async () => {
    const { file, expected } = fileOf(profile, name)
    await nodeServes(await readFile(file), expected)
  })

  it.skipIf(!nss)('is taken by NSS', async () => {
    const { file, expected } = fileOf(profile, name)
    await nssOpens(file, expected)
  })
})

describe('protection', () => {
  const protectionOf = async (file: string) =>
    (await opensslStreams(['pkcs12', '-in', file, '-passin', 'pass:', '-info', '-noout'])).stderr

  it.each(kinds.map(nameOf))('of %s is all AES-256 and SHA-256, or all 3DES and SHA-1', async (name) => {
    const aes = await protectionOf(fileOf('AES-256', name).file)
    expect(aes).toContain('MAC: sha256')
    expect(aes.match(/PBES2, PBKDF2, AES-256-CBC.*hmacWithSHA256/g)).toHaveLength(2)
    expect(aes).not.toMatch(/sha1|RC2|3DES|Triple/i)
    const des = await protectionOf(fileOf('3DES', name).file)
    expect(des).toContain('MAC: sha1')
    expect(des.match(/pbeWithSHA1And3-KeyTripleDES-CBC/g)).toHaveLength(2)
    expect(des).not.toMatch(/PBES2|RC2/)
  })
})

it.skipIf(!dotnet)('.NET opens them all and signs with them', { timeout: 180_000 }, async () => {
  const https = await createTlsCertificate({ ...about(), hosts: ['localhost'] })
  const file = join(folder, 'https.pfx')
  await writeFile(file, https.pfx, { mode: 0o600 })
  await dotnetOpens([
    ...files.values(),
    { file, expected: { certificate: https.certificatePem, algorithm: 'RS256' } },
  ])
})
