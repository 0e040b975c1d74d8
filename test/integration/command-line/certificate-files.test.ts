import { X509Certificate } from 'node:crypto'
import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CertificateLook } from '../../../electron/contract/certificate.ts'
import {
  installationFile,
  installationId,
  type Installation,
} from '../../../electron/service/installation.ts'
import { openssl } from '../certificate/openssl.ts'
import { commandLine, type Told } from './command-line.ts'

const PEM_PASSWORD = 'Canary-7_pem.Passw0rd-x'
const FILE_PASSWORD = 'Canary ü "file" pässword'

let root: string
let state: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'certificate-line-'))
  state = join(root, 'state')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const at = (...names: string[]) => join(root, ...names)

/** A command about certificates, whose secrets must not come out again. */
async function certificate(...args: readonly string[]): Promise<Told> {
  const env = { PEM: PEM_PASSWORD, FILE: FILE_PASSWORD, WEAK: 'Password12345!' }
  const told = await commandLine(['certificate', ...args], { state, env, cwd: root })
  for (const secret of Object.values(env)) expect(told.stdout + told.stderr).not.toContain(secret)
  expect(told.stderr).not.toMatch(/\n\s+at .+:\d+:\d+/)
  return told
}

async function look(...args: readonly string[]): Promise<CertificateLook> {
  const { stdout } = await certificate('show', ...args, '--json')
  return JSON.parse(stdout) as CertificateLook
}

/** What openssl reads in a PFX without a password. */
const inPfx = (file: string) => openssl(['pkcs12', '-in', file, '-passin', 'pass:', '-nodes'])

describe('create', () => {
  test('makes a PFX without a password for its owner alone, and says what it made', async () => {
    const { exitCode, stdout, stderr } = await certificate('create', '--out', 'new', '--days', '30')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(await readdir(at('new'))).toEqual(['openssl.pfx'])
    expect((await stat(at('new/openssl.pfx'))).mode & 0o777).toBe(0o600)
    const made = new X509Certificate(await inPfx(at('new/openssl.pfx')))
    const thumbprint = made.fingerprint.replaceAll(':', '')
    expect(stdout).toContain(at('new/openssl.pfx'))
    expect(stdout).toMatch(
      /\(AES-256\).*\nAES-256 is read in containers, .*3DES.* --profile chooses another\.\n/,
    )
    expect(stdout).toMatch(/Subject +CN=Identity Service\n/)
    expect(stdout).toMatch(new RegExp(`${new Date(made.validTo).toISOString().slice(0, 10)}, 30 days left`))
    expect(stdout).toMatch(new RegExp(`Thumbprint +${thumbprint}\n`))
    expect(stdout).toMatch(new RegExp(`\\(kid\\) +${thumbprint}RS256\n`))
  })

  test('meets every wish: key, hash, subject, profile and the files beside it', async () => {
    const wishes = ['--key', 'ECDSA-P521', '--subject', 'CN=Größe, O=Acme', '--profile', '3DES', '--cer']
    const { exitCode, stdout } = await certificate(
      'create',
      '--out',
      'mine.pfx',
      ...wishes,
      '--pem-password',
      'env:PEM',
    )
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('--profile')])
    expect((await readdir(root)).toSorted()).toEqual(['mine.cer', 'mine.crt', 'mine.key', 'mine.pfx'])
    expect(await look('mine.pfx')).toMatchObject({
      format: 'PFX',
      protection: expect.stringContaining('3DES'),
      certificate: { subject: 'CN=Größe, O=Acme', key: 'ECDSA P-521', signature: 'SHA-512 with ECDSA' },
      problems: [],
    })
    const own = new X509Certificate(await readFile(at('mine.crt')))
    expect(new X509Certificate(await readFile(at('mine.cer'))).raw.equals(own.raw)).toBe(true)
    const key = await openssl(['pkey', '-in', at('mine.key'), '-passin', `pass:${PEM_PASSWORD}`, '-pubout'])
    expect(key).toBe(await openssl(['x509', '-in', at('mine.crt'), '-noout', '-pubkey']))
  })

  test('replaces nothing, and with --force keeps what was there', async () => {
    await writeFile(at('openssl.pfx'), 'precious')
    const refused = await certificate('create', '--out', '.')
    expect([refused.exitCode, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain('There is a file at this path already.')
    expect(await readFile(at('openssl.pfx'), 'utf8')).toBe('precious')
    const forced = await certificate('create', '--out', '.', '--force')
    expect(forced.exitCode).toBe(0)
    const [backup] = (await readdir(root)).filter((name) => /^openssl-\d{8}-\d{6}\.pfx$/.test(name))
    expect(forced.stdout).toContain(backup)
    expect(await readFile(at(backup!), 'utf8')).toBe('precious')
    expect((await look('openssl.pfx')).problems).toEqual([])
  })

  test.each([
    [['create']],
    [['create', '--out', 'x', '--key', 'RSA-1024']],
    [['create', '--out', 'x', '--key', 'ECDSA-P256', '--hash', 'SHA-512']],
    [['create', '--out', 'x', '--days', '0']],
    [['create', '--out', 'x', '--days', 'many']],
    [['create', '--out', 'x', '--days', '9999999']],
    [['create', '--out', 'x/new.cer']],
    [['create', '--out', 'new.PEM']],
    [['create', '--out', 'x', '--subject', 'nobody']],
    [['create', '--out', 'x', '--pem-password', 'hunter2']],
    [['create', '--out', 'x', '--pem-password', 'env:WEAK']],
    [['create', '--out', 'x', '--pem-password', 'env:NOT_THERE']],
    [['show']],
    [['show', 'nowhere.pfx']],
    [['show', 'nowhere.pfx', '--password', 'hunter2']],
    [['request', '--out', 'not-there']],
    [['complete', 'nowhere.p7b', '--out', 'x']],
    [['forget', 'nobody']],
    [['replace']],
    [['replace', '--target', 'x', '--file', 'a.pfx', '--days', '3']],
    [['replace', '--target', 'x', '--password', 'env:PEM']],
    [['replace', '--target', 'x', '--creatio-pool', 'a', '--creatio-container', 'b']],
    [['replace', '--target', 'x', '--report', '/nowhere/at/all.html']],
    [['password', '--check', 'hunter2']],
    [[]],
    [['constructor']],
  ])('certificate %j is refused: exit 2, and nothing is written', async (args) => {
    const { exitCode, stdout, stderr } = await certificate(...args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^✖ .+\n(.*\n)*? {2}Next: [A-Z].*\n {2}(Nothing was|The file was only)/)
    expect(stderr).not.toContain('hunter2')
    expect((await readdir(root)).filter((name) => name !== 'state')).toEqual([])
  })

  test('Ctrl+C cancels and leaves nothing: exit 4', async () => {
    const { told, exitCode } = await cancelled()
    expect(told).toContain('Making an RSA-4096 key')
    expect(told).toContain('Nothing was written.')
    expect(exitCode).toBe(4)
    expect(await readdir(root)).toEqual([])
  }, 120_000)
})

/** Ctrl+C at a terminal, once it says that a key is being made. A key that is made sooner than that is made again. */
async function cancelled(): Promise<{ told: string; exitCode: number | null }> {
  const door = resolve(import.meta.dirname, '../../../electron/hosts/cli.ts')
  const line = `exec "${process.execPath}" "${door}" certificate create --out "${root}/x/y" --key RSA-4096`
  for (;;) {
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      env: { PATH: process.env['PATH'], IDENTITY_SETUP_STATE: state, SHELL: '/bin/sh' },
    })
    let told = ''
    child.stdout.on('data', (bytes: Buffer) => {
      if (!told.includes('Ctrl+C') && bytes.includes('Ctrl+C')) child.stdin.write('\u0003')
      told += bytes.toString('utf8')
    })
    const exitCode = await new Promise<number | null>((end) => child.on('close', end))
    if (told.includes('Cancelled') || exitCode !== 0) return { told, exitCode }
    await rm(at('x'), { recursive: true })
  }
}

/** A service that this program has set up in a folder. Its container is gone. */
async function recordInstallation(name: string, target: string): Promise<void> {
  const record: Installation = {
    version: 1,
    id: installationId(target),
    name,
    hosting: 'docker',
    container: 'gone',
    target,
    settings: join(target, 'appsettings.json'),
    pfx: join(target, 'openssl.pfx'),
    publicUrl: 'http://localhost:8090',
    localUrl: 'http://localhost:8090',
    clientId: 'creatio',
    installedAt: '2026-01-01T00:00:00.000Z',
  }
  const file = installationFile(state, record.id)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(record))
}

describe('show', () => {
  test('says no form of a file that is none, and takes no folder for a file', async () => {
    await writeFile(at('empty.pfx'), '')
    const empty = await certificate('show', 'empty.pfx')
    expect([empty.exitCode, empty.stdout]).toEqual([1, `${at('empty.pfx')}\n`])
    expect(empty.stderr).toContain('✖ The file is empty.')
    const folder = await certificate('show', '.')
    expect([folder.exitCode, folder.stdout]).toEqual([2, ''])
    expect(folder.stderr).toMatch(
      /✖ There is a folder at this path, not a file\.\n.*\n {2}Next: Name the file in it\./,
    )
  })

  test('tells usable files from others by its exit code, whatever their form', async () => {
    await openssl([
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('a.key'), '-out', at('a.crt'),
      '-subj', '/CN=A', '-days', '20', '-addext', 'keyUsage=critical,digitalSignature',
    ]) // prettier-ignore
    await openssl([
      'pkcs12', '-export', '-in', at('a.crt'), '-inkey', at('a.key'), '-out', at('a.pfx'),
      '-passout', `pass:${FILE_PASSWORD}`,
    ]) // prettier-ignore
    const opened = await certificate('show', 'a.pfx', '--password', 'env:FILE')
    expect([opened.exitCode, opened.stderr]).toEqual([0, ''])
    expect(opened.stdout).toMatch(/Private key +in this file\n/)
    expect(opened.stdout).toMatch(/^! .*\b(19|20) days/m)
    const closed = await certificate('show', 'a.pfx')
    expect(closed.exitCode).toBe(1)
    expect(closed.stderr).toContain('password')
    const pair = await certificate('show', 'a.crt', '--key', 'a.key')
    expect(pair.exitCode).toBe(0)
    // The service opens a PFX without a password and nothing else.
    for (const { stdout } of [opened, pair]) expect(stdout).toContain('once it is a PFX without a password')
    const alone = await certificate('show', 'a.crt')
    expect([alone.exitCode, alone.stderr]).toEqual([1, expect.stringContaining('private key')])
    const json = await look('a.pfx', '--password', 'env:FILE')
    expect(json).toMatchObject({
      privateKey: 'same-file',
      ready: false,
      problems: [],
      certificate: { daysLeft: 19 },
    })
  })
})

describe('a certificate of an authority', () => {
  beforeEach(async () => {
    await openssl([
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('ca.key'), '-out', at('ca.crt'),
      '-subj', '/CN=Authority', '-days', '400',
    ]) // prettier-ignore
  })

  const sign = (request: string, issued: string) =>
    openssl([
      'x509', '-req', '-in', at(request), '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-days', '365',
      '-copy_extensions', 'copy', '-out', at(issued),
    ]) // prettier-ignore

  test('is asked for, completed with what is issued, and its request forgotten', async () => {
    const asked = await certificate(
      'request',
      '--out',
      '.',
      '--key',
      'ECDSA-P256',
      '--subject',
      'CN=Identity',
    )
    expect([asked.exitCode, asked.stderr]).toEqual([0, ''])
    expect(asked.stdout).toContain('identity-setup certificate complete FILE --out FOLDER')
    const text = await openssl(['req', '-in', at('request.csr'), '-noout', '-text', '-verify'])
    expect(text).toContain('Digital Signature')
    const again = await certificate('request', '--out', '.')
    expect(again.exitCode).toBe(2)

    const listed = await certificate('requests', '--json')
    const [request, ...others] = JSON.parse(listed.stdout) as { id: string; subject: string }[]
    expect([request!.subject, others]).toEqual(['CN=Identity', []])
    expect((await certificate('requests')).stdout).toContain(request!.id)

    await sign('request.csr', 'issued.crt')
    await openssl([
      'crl2pkcs7', '-nocrl', '-certfile', at('issued.crt'), '-certfile', at('ca.crt'), '-out', at('issued.p7b'),
    ]) // prettier-ignore
    const done = await certificate('complete', 'issued.p7b', '--out', 'service')
    expect([done.exitCode, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toContain('kept until “identity-setup certificate forget ID”')
    const pfx = await inPfx(at('service/openssl.pfx'))
    expect(pfx.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(pfx).toContain('BEGIN PRIVATE KEY')
    const seen = await look(join('service', 'openssl.pfx'))
    expect(seen).toMatchObject({
      ready: true,
      certificate: { issuer: 'CN=Authority' },
      chain: [{ subject: 'CN=Authority' }],
    })

    const forgotten = await certificate('forget', request!.id)
    expect(forgotten.exitCode).toBe(0)
    expect((await certificate('requests')).stdout).toContain('No certificate request waits')
    const late = await certificate('complete', 'issued.p7b', '--out', 'late')
    expect([late.exitCode, late.stderr]).toEqual([3, expect.stringContaining('private key')])
    expect(await readdir(root)).not.toContain('late')
  })

  test('is completed with a key of its own, encrypted or not; another key is refused', async () => {
    await openssl(['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('own.key'), '-out', at('own.csr'), '-subj', '/CN=Own']) // prettier-ignore
    await sign('own.csr', 'own.crt')
    await openssl(['pkey', '-in', at('own.key'), '-aes256', '-passout', `pass:${FILE_PASSWORD}`, '-out', at('locked.key')]) // prettier-ignore
    const bytes = await readFile(at('own.crt'))
    const done = await certificate('complete', 'own.crt', '--key', 'locked.key', '--password', 'env:FILE', '--out', 'own.pfx') // prettier-ignore
    expect([done.exitCode, done.stderr]).toEqual([0, ''])
    expect(await inPfx(at('own.pfx'))).toContain('BEGIN PRIVATE KEY')
    expect((await readFile(at('own.crt'))).equals(bytes)).toBe(true)
    const other = await certificate('complete', 'own.crt', '--key', 'ca.key', '--out', 'other.pfx')
    expect([other.exitCode, other.stdout]).toEqual([3, ''])
    expect(other.stderr).toContain('Nothing was written.')
    expect(await readdir(root)).not.toContain('other.pfx')
  })

  test('is never written over, whatever is asked for', async () => {
    await openssl(['pkcs12', '-export', '-in', at('ca.crt'), '-inkey', at('ca.key'), '-out', at('ca.pfx'), '-passout', 'pass:']) // prettier-ignore
    const before = await Promise.all(['ca.pfx', 'ca.crt', 'ca.key'].map((name) => readFile(at(name))))
    const itself = await certificate('complete', 'ca.pfx', '--out', 'ca.pfx', '--force')
    const beside = await certificate('complete', 'ca.crt', '--key', 'ca.key', '--out', 'ca.p12', '--pem-password', 'env:PEM', '--force') // prettier-ignore
    await symlink(at('ca.pfx'), at('link.pfx'))
    const linked = await certificate('complete', 'ca.pfx', '--out', 'link.pfx', '--force')
    await rm(at('link.pfx'))
    for (const { exitCode, stdout, stderr } of [itself, beside, linked]) {
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(
        /This file is read, .*\n.*(ca|link)\.(pfx|crt)\n.*Next: .*\n {2}Nothing was written\./,
      )
    }
    expect(await Promise.all(['ca.pfx', 'ca.crt', 'ca.key'].map((name) => readFile(at(name))))).toEqual(
      before,
    )
    expect((await readdir(root)).toSorted()).toEqual(['ca.crt', 'ca.key', 'ca.pfx'])
  })

  test('that another installation uses is said to be its own', async () => {
    await certificate('create', '--out', 'theirs')
    await recordInstallation('Theirs', at('theirs'))
    const { exitCode, stdout } = await certificate('complete', 'theirs/openssl.pfx', '--out', 'mine')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^! The installation Theirs uses the same certificate\. Each .+unique/m)
    // Written for the installation itself, it is nobody else's.
    await copyFile(at('theirs/openssl.pfx'), at('copy.pfx'))
    const renewed = await certificate('complete', 'copy.pfx', '--out', 'theirs', '--force')
    expect([renewed.exitCode, renewed.stdout]).toEqual([0, expect.not.stringContaining('Theirs')])
  })

  test('that has expired is not made into a PFX', async () => {
    await openssl(['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('old.key'), '-out', at('old.csr'), '-subj', '/CN=Old']) // prettier-ignore
    await openssl(['x509', '-req', '-in', at('old.csr'), '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-days', '-1', '-out', at('old.crt')]) // prettier-ignore
    await mkdir(at('out'))
    const { exitCode, stderr } = await certificate('complete', 'old.crt', '--key', 'old.key', '--out', 'out')
    expect([exitCode, await readdir(at('out'))]).toEqual([3, []])
    expect(stderr).toMatch(/✖ .*(ended|expired)/)
  })
})

describe('password', () => {
  test('makes one that its own check takes', async () => {
    const made = await certificate('password')
    expect(made.exitCode).toBe(0)
    await writeFile(at('password.txt'), made.stdout)
    const checked = await certificate('password', '--check', 'file:password.txt')
    expect([checked.exitCode, checked.stderr]).toEqual([0, ''])
    expect(checked.stdout).not.toContain(made.stdout.trim())
    const weak = await certificate('password', '--check', 'env:WEAK')
    expect([weak.exitCode, weak.stdout]).toEqual([1, expect.stringContaining('Too weak')])
  })
})
