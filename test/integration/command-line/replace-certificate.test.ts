import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answers, ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import type { CertificateLook } from '../../../electron/contract/certificate.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { freePort } from '../../free-port.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { openssl } from '../certificate/openssl.ts'
import { commandLine } from './command-line.ts'

/** A series of commands about two services of one practice run: production, and pre-production beside it. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const PASSWORD = 'Canary-7_issued.Passw0rd-x'

let root: string
let state: string
let production: string
let preProduction: string

const run = async (...args: readonly string[]) => {
  const told = await commandLine(args, { state, env: { ISSUED: PASSWORD }, cwd: root })
  expect(told.stdout + told.stderr).not.toContain(PASSWORD)
  return told
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'replace-line-'))
  state = join(root, 'state')
  production = await installed('production')
  preProduction = await installed('pre-production')
})

afterAll(async () => {
  await run('practice', 'stop')
  await rm(root, { recursive: true, force: true })
  await removeShelteredData(practiceData(state))
})

async function installed(name: string): Promise<string> {
  const target = join(root, name, 'IdentityService')
  const { stdout } = await run('answers', '--hosting', 'practice')
  const example = JSON.parse(stdout) as Answers
  const website = { ...example.website!, site: name, pool: `${name} pool`, http: { port: await freePort() } }
  const file = join(root, `${name}.json`)
  await writeFile(file, JSON.stringify({ ...example, service: { target }, website }))
  const { exitCode, stderr } = await run('apply', file)
  expect([exitCode, stderr]).toEqual([0, ''])
  return target
}

/** The thumbprint of the certificate that a service has proven to sign with. */
async function proven(target: string): Promise<string> {
  const { exitCode, stdout, stderr } = await run('verify', '--target', target, '--json')
  expect([exitCode, stderr]).toEqual([0, ''])
  const { certificate } = JSON.parse(stdout) as { certificate: { thumbprint: string; daysLeft: number } }
  expect(certificate.daysLeft).toBeGreaterThan(0)
  return certificate.thumbprint
}

const backups = async (target: string) =>
  (await readdir(target)).filter((name) => /^openssl-\d{8}-\d{6}\.pfx$/.test(name))

test('verify says how many days are left, and fails below a limit only when asked to', async () => {
  const plain = await run('verify', '--target', production)
  expect(plain.stdout).toMatch(/Signing certificate [0-9A-F]{40}: to \d{4}-\d\d-\d\d, \d+ days left\.\n$/)
  const enough = await run('verify', '--target', production, '--fail-below', '30')
  expect([enough.exitCode, enough.stderr]).toEqual([0, ''])
  const short = await run('verify', '--target', production, '--fail-below', '2000')
  expect([short.exitCode, short.stderr]).toEqual([1, expect.stringMatching(/fewer than 2000 days/)])
  const wrong = await run('verify', '--target', production, '--fail-below', 'soon')
  expect(wrong.exitCode).toBe(2)
})

test('replace --plan shows what would happen and changes nothing', async () => {
  const before = await proven(production)
  const wishes = ['--target', production, '--key', 'RSA-3072', '--plan']
  const { exitCode, stdout, stderr } = await run('certificate', 'replace', ...wishes, '--json')
  expect([exitCode, stderr]).toEqual([0, ''])
  const view = JSON.parse(stdout) as PlanView
  expect(view.practice).toBe(true)
  expect(view.steps.map(({ id }) => id)).toContain('write-certificate')
  const text = await run('certificate', 'replace', ...wishes)
  expect(text.stdout).toContain('RSA-3072')
  expect(text.stdout).toContain('3600 s')
  expect(await proven(production)).toBe(before)
  expect(await backups(production)).toEqual([])
})

test('the same answers are tried on pre-production first, and touch production only when they name it', async () => {
  const [first, second] = [await proven(production), await proven(preProduction)]
  const { stdout } = await run('answers', '--scenario', 'replace-certificate', '--hosting', 'practice')
  const example = JSON.parse(stdout) as ReplaceCertificateAnswers
  const answers = join(root, 'replace.json')
  await writeFile(answers, JSON.stringify({ ...example, installation: { target: production } }))
  const tried = await run('apply', answers, '--target', preProduction)
  expect([tried.exitCode, tried.stderr]).toEqual([0, ''])
  expect(await proven(preProduction)).not.toBe(second)
  expect(await proven(production)).toBe(first)

  const done = await run('apply', answers)
  expect([done.exitCode, done.stderr]).toEqual([0, ''])
  expect(await proven(production)).not.toBe(first)
  const refused = await run('apply', join(root, 'production.json'), '--target', preProduction)
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--target')])
})

test('an issued certificate takes the place of the one in use; undo brings the former one back', async () => {
  const before = await proven(production)
  const bytes = await readFile(join(production, 'openssl.pfx'))
  const kept = await backups(production)
  const [key, crt, pfx] = ['issued.key', 'issued.crt', 'issued.pfx'].map((name) => join(root, name))
  await openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', crt!, '-subj', '/CN=Issued', '-days', '90']) // prettier-ignore
  await openssl(['pkcs12', '-export', '-in', crt!, '-inkey', key!, '-out', pfx!, '-passout', `pass:${PASSWORD}`]) // prettier-ignore
  const report = join(root, 'report.html')
  const wishes = ['--file', pfx!, '--password', 'env:ISSUED', '--cer', '--report', report]
  const { exitCode, stderr } = await run('certificate', 'replace', '--target', production, ...wishes)
  expect([exitCode, stderr]).toEqual([0, ''])
  const shown = await run('certificate', 'show', join(production, 'openssl.pfx'), '--json')
  const look = JSON.parse(shown.stdout) as CertificateLook
  expect(look).toMatchObject({ certificate: { subject: 'CN=Issued' }, problems: [] })
  const now = await proven(production)
  expect(now).toBe(look.certificate!.thumbprint)
  expect(await backups(production)).toHaveLength(kept.length + 1)
  const html = await readFile(report, 'utf8')
  expect(html).toContain(now)
  expect(html).not.toContain(PASSWORD)

  const again = await run('certificate', 'replace', '--target', preProduction, '--file', pfx!, '--password', 'env:ISSUED') // prettier-ignore
  expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining('production')])

  const undone = await run('undo', '--target', production)
  expect([undone.exitCode, undone.stderr]).toEqual([0, ''])
  expect(await proven(production)).toBe(before)
  expect((await readFile(join(production, 'openssl.pfx'))).equals(bytes)).toBe(true)
  expect(await readdir(production)).not.toContain('openssl.cer')
})

test('a replacement that was stopped goes on with the certificate that it has written', async () => {
  const args = ['certificate', 'replace', '--target', preProduction, '--key', 'ECDSA-P256']
  const kept = await stopped(args)
  const { stdout } = await run('certificate', 'show', join(preProduction, 'openssl.pfx'), '--json')
  const written = (JSON.parse(stdout) as CertificateLook).certificate!.thumbprint
  const done = await run(...args)
  expect([done.exitCode, done.stderr]).toEqual([0, ''])
  expect(await proven(preProduction)).toBe(written)
  expect(await backups(preProduction)).toHaveLength(kept)
})

/** Ctrl+C once the new certificate is written. A run that is over sooner is done again. Resolves to the number of backups. */
async function stopped(args: readonly string[]): Promise<number> {
  for (;;) {
    const { exitCode } = await commandLine(args, {
      state,
      onLine: (line, interrupt) => line.startsWith('✔ Write openssl.pfx') && interrupt(),
    })
    if (exitCode !== 0) {
      expect(exitCode).toBe(4)
      return (await backups(preProduction)).length
    }
  }
}

test('what cannot be replaced is said before anything is changed', async () => {
  const before = await proven(production)
  const missing = await run('certificate', 'replace', '--target', join(root, 'nowhere'))
  expect(missing.exitCode).toBe(3)
  const crt = join(root, 'weak.crt')
  await openssl(['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', join(root, 'weak.key'), '-out', crt, '-subj', '/CN=Weak']) // prettier-ignore
  const weak = await run('certificate', 'replace', '--target', production, '--file', crt, '--key', join(root, 'weak.key')) // prettier-ignore
  expect([weak.exitCode, weak.stderr]).toEqual([3, expect.stringContaining('1024')])
  expect(await proven(production)).toBe(before)
})
