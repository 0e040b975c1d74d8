import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import { forNode } from '../../../build/bundles.ts'
import { judgeForSigning } from '../../../electron/certificate/judge.ts'
import { lookAtMaterial } from '../../../electron/certificate/look.ts'
import { readMaterial } from '../../../electron/certificate/material.ts'
import { realProcesses } from '../../../electron/machine/processes.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { exportByOpenssl, issueAll, protections } from '../../integration/certificate/foreign.ts'
import { kinds, nameOf, passwords, profiles } from '../../integration/certificate/kinds.ts'
import { openssl, opensslStreams } from '../../integration/certificate/openssl.ts'
import { type Expected, hashOf, SIGNED } from '../../integration/certificate/readers/found.ts'
import { nodeServes } from '../../integration/certificate/readers/node-reader.ts'
import { opensslOpens } from '../../integration/certificate/readers/openssl-reader.ts'
import type { Report, Work, Written } from '../support/certificates-in-electron.ts'
import { electronPath } from '../support/desktop-door.ts'

/** Electron's crypto is BoringSSL, which is not the OpenSSL of the Node that every other test runs in. */

/** A busy machine takes its time for so many files. */
test.describe.configure({ timeout: 240_000 })

const root = join(import.meta.dirname, '../../..')
let folder: string
const at = (name: string) => join(folder, name)

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates in Electron '))
  const entry = join(root, 'test/e2e/support/certificates-in-electron.ts')
  await build({ ...forNode({ entry }, at('bundle'), 'es'), configFile: false, logLevel: 'warn' })
  await writeFile(at('bundle/package.json'), '{"type":"module"}')
})

test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** Has the bundle work inside the real Electron, started as Node: no window, the same program. */
async function inElectron(work: readonly Work[]): Promise<Report> {
  const { stdout, stderr, exitCode } = await realProcesses().run({
    command: electronPath(),
    args: [at('bundle/entry.js')],
    stdin: JSON.stringify(work),
    env: { ELECTRON_RUN_AS_NODE: '1' },
  })
  expect(exitCode, stderr).toBe(0)
  return JSON.parse(stdout) as Report
}

/** What Electron has written and read again: everything is there, and this Node verifies what its keys have signed. */
function expectWhole(
  written: Written | undefined,
  { certificate, algorithm }: Expected,
  chain: readonly string[],
): void {
  const own = new X509Certificate(certificate)
  const kid = own.fingerprint.replaceAll(':', '') + algorithm
  expect(written).toMatchObject({ certificate: own.toString(), chain, problems: [], kid, practice: { kid } })
  const key = { key: own.publicKey, dsaEncoding: 'ieee-p1363' } as const
  for (const signature of [written!.signature, written!.practice.signature])
    expect(verify(hashOf(algorithm), Buffer.from(SIGNED), key, Buffer.from(signature, 'base64'))).toBe(true)
}

/** The file itself, in the hands of openssl and of this Node. */
async function expectReadable(file: string, expected: Expected): Promise<void> {
  await opensslOpens(file, expected)
  await nodeServes(await readFile(file), expected)
}

test('Electron makes certificates of every key and profile, encrypted keys and requests, for every reader', async () => {
  const files = kinds.flatMap((kind) =>
    profiles.map((profile) => ({ kind, profile, to: at(`${nameOf(kind)}-${profile}.pfx`) })),
  )
  const password = passwords['not ascii']
  const keys = files
    .filter(({ profile }) => profile === '3DES')
    .map(({ kind, to }) => ({ kind, file: to, to: at(`${nameOf(kind)}.key`) }))
  const requests = kinds
    .filter(({ key }) => key !== 'RSA-4096')
    .map((kind) => ({ kind, to: at(`${nameOf(kind)}.csr`) }))
  const report = await inElectron([
    ...files.map(({ kind: { key, hash }, profile, to }) => ({ do: 'make', key, hash, profile, to }) as const),
    ...keys.map(({ file, to }) => ({ do: 'encrypt-key', file, password, to }) as const),
    ...requests.map(({ kind: { key, hash }, to }) => ({ do: 'request', key, hash, to }) as const),
  ])
  expect(report.versions['electron']).toBeDefined()
  expect(report.curves).toEqual(expect.arrayContaining(['prime256v1', 'secp384r1', 'secp521r1']))
  expect(report.curves).not.toContain('secp256k1')

  for (const [index, { kind, to }] of files.entries()) {
    const { written } = report.done[index]!
    const expected = { certificate: written!.certificate, algorithm: kind.algorithm }
    expectWhole(written, expected, [])
    await expectReadable(to, expected)
  }
  await writeFile(at('password'), password)
  for (const { file, to } of keys) {
    const plain = await openssl(['pkcs12', '-in', file, '-passin', 'pass:', '-nodes', '-nocerts'])
    const opened = await openssl(['pkey', '-in', to, '-passin', `file:${at('password')}`, '-pubout'])
    expect(createPublicKey(opened).equals(createPublicKey(plain))).toBe(true)
  }
  for (const { to } of requests) {
    const { stdout, stderr } = await opensslStreams(['req', '-in', to, '-verify', '-noout', '-text'])
    expect(stdout + stderr).toMatch(/verify OK/i)
  }
})

test('Electron reads what openssl makes with every key, protection and password, and writes it again', async () => {
  const issued = await issueAll(folder)
  const combinations = [...issued].flatMap(([name, one]) =>
    (Object.keys(protections) as (keyof typeof protections)[]).flatMap((protection) =>
      Object.entries(passwords).map(([spelling, password]) => ({
        one,
        protection,
        password,
        profile: protection === 'AES-256' ? ('AES-256' as const) : ('3DES' as const),
        file: at(`${name}-${protection}-${spelling}.pfx`),
        to: at(`${name}-${protection}-${spelling}-again.pfx`),
      })),
    ),
  )
  for (const { one, file, protection, password } of combinations)
    await exportByOpenssl(one, file, protection, password)
  const { done } = await inElectron(
    combinations.map(({ file, password, profile, to }) => ({ do: 'rewrite', file, password, profile, to })),
  )
  for (const [index, { one, to, password }] of combinations.entries()) {
    const expected = { certificate: one.certificate, algorithm: one.kind.algorithm, root: one.chain[1] }
    const chain = one.chain.map((pem) => new X509Certificate(pem).toString())
    expectWhole(done[index]!.written, expected, chain)
    // The password of what was read plays no part in what is written.
    if (password === '') await expectReadable(to, expected)
  }
})

test('Electron says of keys and files that cannot be used what Node says', async () => {
  const odd = {
    'P-256K': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
    Brainpool: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
    Ed25519: ['-newkey', 'ed25519'],
    'RSA-1024': ['-newkey', 'rsa:1024'],
    'RSA-PSS': ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
    'SHA-1': ['-newkey', 'rsa:2048', '-sha1'],
  }
  const files: { file: string; password: string }[] = []
  for (const [name, options] of Object.entries(odd)) {
    const pem = ['-nodes', '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)]
    await openssl(['req', '-x509', ...options, '-subj', `/CN=${name}`, '-days', '30', ...pem])
    const parts = ['-inkey', at(`${name}.key`), '-in', at(`${name}.crt`), '-out', at(`${name}.pfx`)]
    await openssl(['pkcs12', '-export', ...parts, '-passout', 'pass:geheim'])
    files.push(
      { file: at(`${name}.pfx`), password: 'geheim' },
      { file: at(`${name}.pfx`), password: 'other' },
    )
    files.push({ file: at(`${name}.crt`), password: '' }, { file: at(`${name}.key`), password: '' })
  }
  const { done } = await inElectron(files.map((one) => ({ do: 'look', ...one })))
  for (const [index, { file, password }] of files.entries()) {
    const bytes = await readFile(file)
    const found = await readMaterial({ file: bytes, ...(password && { password: new Secret(password) }) })
    const now = new Date()
    const look = lookAtMaterial(file, found, judgeForSigning(found, { now }), now)
    expect(look.problems.length, file).toBeGreaterThan(0)
    expect(done[index]!.look, file).toEqual(look)
  }
})
