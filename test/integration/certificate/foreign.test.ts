import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMaterial, type Material } from '../../../electron/certificate/material.ts'
import { signingPfx } from '../../../electron/certificate/signing-pfx.ts'
import type { PfxProfile } from '../../../electron/contract/certificate.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import {
  exportByDotnet,
  exportByNss,
  exportByOpenssl,
  issueAll,
  type Issued,
  protections,
} from './foreign.ts'
import { kinds, nameOf, passwords } from './kinds.ts'
import { hasTool } from './left-out.ts'
import { dotnetOpens } from './readers/dotnet-reader.ts'
import { type Expected, hashOf } from './readers/found.ts'
import { nodeServes } from './readers/node-reader.ts'
import { nssOpens } from './readers/nss-reader.ts'
import { opensslOpens } from './readers/openssl-reader.ts'

/** Files of other programs, read by this one, and written again as the service opens them: without a password. */

const dotnet = await hasTool('dotnet', ['--list-sdks'], (list) => /^\d\d\./m.test(list))
const nss = await hasTool('pk12util', [])
const machine = realMachine()
const names = kinds.map(nameOf)
const everyPassword = Object.entries(passwords)

let folder: string
let issued: ReadonlyMap<string, Issued>
const at = (name: string) => join(folder, name)
const issuedAs = (name: string) => issued.get(name)!
/** What was written again, for .NET, which is started once for all of them. */
const rewritten: { readonly file: string; readonly expected: Expected }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates read '))
  issued = await issueAll(folder)
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Reads it with its password and fails unless everything is found that was put into it. */
async function found(
  file: string,
  password: string,
  { certificate, kind, chain }: Issued,
  withChain: boolean,
) {
  const bytes = await readFile(file)
  const material = await readMaterial({ file: bytes, ...(password && { password: new Secret(password) }) })
  expect(material.problems).toEqual([])
  expect(material.format).toBe('PFX')
  expect(material.protection).toMatch(password === '' ? /no password$/ : /with a password$/)
  expect(material.keyFrom).toBe('same-file')
  expect(material.certificate?.toString()).toBe(new X509Certificate(certificate).toString())
  expect(material.chain.map(String)).toEqual(
    withChain ? chain.map((pem) => new X509Certificate(pem).toString()) : [],
  )
  expectSigns(material, kind.algorithm)
  return material
}

/** Signs with the key that was read and verifies by what openssl has issued. */
function expectSigns({ privateKey, certificate }: Material, algorithm: Expected['algorithm']): void {
  const key = createPrivateKey({ key: privateKey!, format: 'der', type: 'pkcs8' })
  const signature = sign(hashOf(algorithm), Buffer.from('text'), key)
  expect(verify(hashOf(algorithm), Buffer.from('text'), certificate!.publicKey, signature)).toBe(true)
}

describe.each(names)('%s', (name) => {
  it.each(Object.keys(protections) as (keyof typeof protections)[])(
    'made by openssl with %s is read with every password, and written again for every reader',
    async (protection) => {
      const one = issuedAs(name)
      const withPassword = async ([kind, password]: (typeof everyPassword)[number]) => {
        const file = await exportByOpenssl(one, at(`${name}-${protection}-${kind}.pfx`), protection, password)
        const before = await readFile(file)
        const { certificate } = await found(file, password, one, true)
        const profile: PfxProfile = protection === 'AES-256' ? 'AES-256' : '3DES'
        const source = { from: 'file', file, password: new Secret(password) } as const
        const thumbprint = certificate!.fingerprint.replaceAll(':', '')
        const { pfx } = await signingPfx({ ...source, thumbprint }, { machine, stateFolder: folder, profile })
        expect(await readFile(file)).toEqual(before)
        await everyReaderOpens(pfx, at(`${name}-${protection}-${kind}-again.pfx`), one)
      }
      // All of them end before the folder goes, even when one fails.
      const ended = await Promise.allSettled(everyPassword.map(withPassword))
      for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason
    },
  )

  it('made by openssl is not read with another password, or without one', async () => {
    for (const protection of Object.keys(protections) as (keyof typeof protections)[]) {
      const file = await exportByOpenssl(
        issuedAs(name),
        at(`${name}-locked.pfx`),
        protection,
        passwords['not ascii'],
      )
      const bytes = await readFile(file)
      for (const password of [undefined, new Secret('correct horse 7!')]) {
        const material = await readMaterial({ file: bytes, ...(password && { password }) })
        expect(material.certificate).toBeUndefined()
        expect(material.privateKey).toBeUndefined()
        expect(material.problems).toHaveLength(1)
      }
    }
  })
})

/** openssl, node and NSS open it without a password; .NET does at the end. */
async function everyReaderOpens(pfx: Uint8Array, file: string, one: Issued): Promise<void> {
  const { certificate, kind, chain } = one
  const expected = { certificate, algorithm: kind.algorithm, root: chain[1] }
  await writeFile(file, pfx, { mode: 0o600 })
  await opensslOpens(file, expected)
  await nodeServes(pfx, expected)
  if (nss) await nssOpens(file, expected)
  rewritten.push({ file, expected })
}

it.skipIf(!dotnet)(
  '.NET opens what was written again, and finds the right certificate of each chain',
  { timeout: 180_000 },
  async () => {
    expect(rewritten).toHaveLength(names.length * Object.keys(protections).length * everyPassword.length)
    await dotnetOpens(rewritten)
  },
)

it.skipIf(!dotnet)('what .NET writes is read with every password', { timeout: 180_000 }, async () => {
  const wanted = []
  for (const name of names)
    for (const [kind, password] of everyPassword) {
      const from = await exportByOpenssl(
        issuedAs(name),
        at(`${name}-${kind}-for-net.pfx`),
        'AES-256',
        password,
      )
      for (const triple of [false, true])
        wanted.push({ name, from, to: at(`${name}-${kind}-${triple}-net.pfx`), password, triple })
    }
  await exportByDotnet(wanted)
  for (const { name, to, password, triple } of wanted) {
    const { protection } = await found(to, password, issuedAs(name), false)
    expect(protection).toMatch(triple ? /^3DES, SHA-1/ : /^AES-256, SHA-256/)
  }
})

// Its many rounds take seconds a file: each password once, and each kind of key.
it.skipIf(!nss).each([
  ['RSA-2048-SHA-256', 'none'],
  ['ECDSA-P256-SHA-256', 'not ascii'],
  ['ECDSA-P521-SHA-512', 'ascii'],
] as const)('what NSS writes of %s is read, password: %s', async (name, kind) => {
  const from = await exportByOpenssl(issuedAs(name), at(`${name}-for-nss.pfx`), 'AES-256', passwords[kind])
  await exportByNss(from, at(`${name}-nss.pfx`), passwords[kind])
  const { protection } = await found(at(`${name}-nss.pfx`), passwords[kind], issuedAs(name), true)
  expect(protection).toMatch(/^AES-256/)
})
