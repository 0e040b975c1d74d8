import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import forge from 'node-forge'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { makeMachineCertificates } from '../../../electron/practice/windows/certificates.ts'
import {
  type HostingBundle,
  PRACTICE_BUNDLE,
  printBundle,
} from '../../../electron/practice/windows/hosting-bundle-file.ts'
import { powershell } from '../../../electron/practice/windows/tools/powershell.ts'
import { splitCommandLine } from '../../../electron/practice/windows/tools/scripts/elevate.ts'
import { scriptText, type WindowsScript } from '../../../electron/windows/scripts.ts'
import { run, type ServerUnderTest, serverUnderTest } from './simulated-server.ts'

let server: ServerUnderTest
beforeEach(async () => {
  server = await serverUnderTest()
})
afterEach(() => server.clean())

const invocation = [
  '-NoLogo',
  '-NoProfile',
  '-NonInteractive',
  '-ExecutionPolicy',
  'Bypass',
  '-EncodedCommand',
]
const unelevated = () => {
  server.state.token = { ...server.state.token, elevated: false }
}

async function ask(script: WindowsScript, question: object) {
  const encoded = Buffer.from(await scriptText(script), 'utf16le').toString('base64')
  const { code, bytes } = await run(powershell, server, [...invocation, encoded], JSON.stringify(question))
  return { code, text: bytes.toString('utf8'), reply: JSON.parse(bytes.toString('utf8')) }
}

async function pfx(...hosts: string[]): Promise<Buffer> {
  const { random } = realMachine()
  return Buffer.from((await createTlsCertificate({ hosts, now: new Date(), random })).pfx)
}

/** Seals the key of a PFX without password anew, as Windows does it with TripleDES-SHA1. */
function sealed(bytes: Buffer, password: string): Buffer {
  const opened = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes.toString('latin1')), false, '')
  const key = opened.getBags({ bagType: forge.pki.oids['pkcs8ShroudedKeyBag'] })
  const certificate = opened.getBags({ bagType: forge.pki.oids['certBag'] })
  const again = forge.pkcs12.toPkcs12Asn1(
    key[forge.pki.oids['pkcs8ShroudedKeyBag']!]![0]!.key!,
    certificate[forge.pki.oids['certBag']!]![0]!.cert!,
    password,
    { algorithm: '3des' },
  )
  return Buffer.from(forge.asn1.toDer(again).getBytes(), 'latin1')
}

describe('PowerShell of the simulated server', () => {
  it('refuses words it does not know, on standard error', async () => {
    const encoded = Buffer.from('Get-Date', 'utf16le').toString('base64')
    const result = await run(powershell, server, [...invocation, encoded])
    expect(result).toMatchObject({ code: 1, out: '' })
    expect(result.err).toMatch(/^#< CLIXML\r\n/)
    expect((await run(powershell, server, ['-Command', 'Get-Date'])).code).toBe(1)
  })

  it('says which language mode a policy orders', async () => {
    server.state.system = { ...server.state.system, languageMode: 'ConstrainedLanguage' }
    expect(await ask('machine-certificates', {})).toMatchObject({
      code: 0,
      reply: { refused: 'ConstrainedLanguage' },
    })
  })

  it('escapes as ConvertTo-Json of 5.1 does', async () => {
    server.state.users = [{ name: "SRV1\\o'neil", sid: 'S-1-5-21-9', kind: 'local', memberOf: [] }]
    expect((await ask('account', { user: "o'neil", password: null })).text).toContain('SRV1\\\\o\\u0027neil')
  })
})

describe('certificates of the simulated machine', () => {
  it('are imported with their key, found, and removed without a trace', async () => {
    const before = JSON.stringify(server.state)
    const bytes = sealed(await pfx('identity.example.com'), 'opens')
    const question = { pfx: bytes.toString('base64'), password: 'opens' }
    const { reply } = await ask('import-certificate', question)
    const { thumbprint } = reply.answer
    expect(reply.answer).toEqual({ keys: 1, thumbprint, added: [{ store: 'My', thumbprint }] })
    const stored = server.state.certificates[0]!
    const key = createPrivateKey(server.reveal(stored.protectedKey!))
    expect(new X509Certificate(stored.pem).checkPrivateKey(key)).toBe(true)
    expect((await ask('import-certificate', question)).reply.answer.added).toEqual([])

    const listed = (await ask('machine-certificates', {})).reply.answer.certificates
    expect(listed).toEqual([
      {
        raw: new X509Certificate(stored.pem).raw.toString('base64'),
        friendlyName: '',
        hasPrivateKey: true,
        key: 'machine',
        eku: ['1.3.6.1.5.5.7.3.1'],
        chain: [],
      },
    ])
    const removal = { store: 'My', thumbprint: thumbprint.toLowerCase() }
    expect((await ask('remove-certificate', removal)).reply.answer).toEqual({ removed: true })
    expect((await ask('remove-certificate', removal)).reply.answer).toEqual({ removed: false })
    expect(JSON.stringify(server.state)).toBe(before)
  })

  it('are not opened by another password, nor with AES before build 16299', async () => {
    const aes = (await pfx('a.example')).toString('base64')
    const wrong = await ask('import-certificate', { pfx: aes, password: 'wrong' })
    expect(wrong.code).toBe(1)
    expect(wrong.reply.failed.hresult >>> 0).toBe(0x80070056)
    expect(
      (await ask('import-certificate', { pfx: 'AAAA', password: null })).reply.failed.hresult >>> 0,
    ).toBe(0x80092009)
    server.state.system = { ...server.state.system, build: 14_393 }
    expect((await ask('import-certificate', { pfx: aes, password: null })).reply.failed.hresult >>> 0).toBe(
      0x80070056,
    )
    server.state.system = { ...server.state.system, build: 17_763 }
    expect((await ask('import-certificate', { pfx: aes, password: null })).code).toBe(0)
  })

  it('need full rights to be changed, and show no keys without', async () => {
    const question = { pfx: (await pfx('a.example')).toString('base64'), password: null }
    unelevated()
    const refused = await ask('import-certificate', question)
    expect(refused.reply.failed).toMatchObject({ native: null, message: 'Access is denied.' })
    server.state.token = { ...server.state.token, elevated: true }
    const { thumbprint } = (await ask('import-certificate', question)).reply.answer
    unelevated()
    expect((await ask('machine-certificates', {})).reply.answer.certificates[0].key).toBe('unreadable')
    expect((await ask('remove-certificate', { store: 'My', thumbprint })).code).toBe(1)
    expect(server.state.certificates).toHaveLength(1)
  })

  it('without a key are no certificates of the machine', async () => {
    const bare = new X509Certificate(
      (await makeMachineCertificates(server.real, ['srv1'], (text) => text))[0]!.pem,
    )
    const question = { pfx: bare.raw.toString('base64'), password: null }
    expect((await ask('import-certificate', question)).reply.answer).toEqual({ keys: 0, added: [] })
  })

  it('of a practice run are one that fits and three that do not', async () => {
    const made = await makeMachineCertificates(server.real, ['srv1', 'srv1.lan'], server.protect)
    const facts = made.map((certificate) => {
      const x509 = new X509Certificate(certificate.pem)
      return [
        Date.parse(x509.validTo) > Date.now(),
        certificate.hasPrivateKey,
        x509.checkHost('localhost') !== undefined,
        x509.checkHost('srv1.lan') !== undefined,
      ]
    })
    expect(facts).toEqual([
      [true, true, true, true],
      [false, true, true, true],
      [true, false, true, true],
      [true, true, false, false],
    ])
    expect(new Set(made.map(({ thumbprint }) => thumbprint)).size).toBe(4)
    expect(made[2]).not.toHaveProperty('protectedKey')
  })
})

describe('accounts of the simulated machine', () => {
  it('are known by name and tried by password', async () => {
    const passwordHash = createHash('sha256').update('right').digest('hex')
    server.state.users = [{ name: 'SRV1\\svc', sid: 'S-1-5-21-7', kind: 'local', memberOf: [], passwordHash }]
    const look = async (user: string, password: string | null) =>
      (await ask('account', { user, password })).reply.answer
    expect(await look('.\\svc', null)).toEqual({
      sid: 'S-1-5-21-7',
      name: 'SRV1\\svc',
      computer: 'SRV1',
      logon: null,
    })
    expect((await look('srv1\\svc', 'right')).logon).toBe(0)
    expect((await look('svc', 'wrong')).logon).toBe(1326)
    expect(await look('SRV1\\nobody', 'x')).toEqual({ sid: null })
  })
})

describe('the firewall of the simulated machine', () => {
  it('takes a rule once, and gives it back', async () => {
    const question = { action: 'add', name: 'setup', displayName: 'Identity Service', ports: ['443'] }
    const rule = {
      name: 'setup',
      displayName: 'Identity Service',
      enabled: 'True',
      direction: 'Inbound',
      action: 'Allow',
      profile: 'Domain, Private',
      protocol: 'TCP',
      ports: ['443'],
    }
    expect((await ask('firewall', question)).reply.answer).toEqual({ rule })
    await ask('firewall', question)
    expect(server.state.firewall).toHaveLength(1)
    expect((await ask('firewall', { ...question, action: 'find' })).reply.answer).toEqual({ rule })
    unelevated()
    expect((await ask('firewall', { ...question, action: 'remove' })).code).toBe(1)
    server.state.token = { ...server.state.token, elevated: true }
    expect((await ask('firewall', { ...question, action: 'remove' })).reply.answer).toEqual({ rule: null })
    expect(server.state.firewall).toEqual([])
  })
})

describe('the hosting bundle of the simulated machine', () => {
  const write = async (bundle: HostingBundle) => {
    const file = join(server.folder, 'dotnet-hosting-8.0.22-win.exe')
    await writeFile(file, printBundle(bundle))
    return file
  }
  const look = async (file: string) => (await ask('bundle', { action: 'look', file })).reply.answer
  const start = async (action: string, bundle: HostingBundle = PRACTICE_BUNDLE) => {
    const file = await write(bundle)
    return ask('bundle', { action, file, sha256: (await look(file)).sha256 })
  }

  it('is signed, and its signature breaks', async () => {
    const file = await write(PRACTICE_BUNDLE)
    expect(await look(file)).toMatchObject({ status: 'Valid', version: '8.0.22.25577' })
    await writeFile(file, (await readFile(file, 'utf8')).replace('8.0.22.25577', '8.0.23.25577'))
    expect((await look(file)).status).toBe('HashMismatch')
    expect((await look(await write({ ...PRACTICE_BUNDLE, signer: null }))).status).toBe('NotSigned')
    await writeFile(file, 'MZ')
    expect(await look(file)).toMatchObject({ status: 'UnknownError', signer: '' })
    expect((await ask('bundle', { action: 'look', file: `${file}.gone` })).reply.failed.type).toBe(
      'System.IO.FileNotFoundException',
    )
  })

  it('brings the module only where IIS is, and ends with 0 anyway', async () => {
    server.state.features['IIS-WebServer'] = 'Disabled'
    expect((await start('install')).reply.answer).toEqual({ exitCode: 0 })
    expect(server.state.runtimes['Microsoft.AspNetCore.App']).toEqual(['8.0.22'])
    await access(join(server.windows.programFiles, 'dotnet', 'shared', 'Microsoft.AspNetCore.App', '8.0.22'))
    expect(server.state.module).toBeNull()

    server.state.features['IIS-WebServer'] = 'Enabled'
    expect((await start('repair')).reply.answer).toEqual({ exitCode: 0 })
    expect(server.state.iis.modules.map(({ name }) => name)).toEqual(['AspNetCoreModuleV2'])
    expect(server.state.runtime.iisRestartNeeded).toBe(true)
    const dll = join(server.windows.programFiles, 'IIS', 'Asp.Net Core Module', 'V2', 'aspnetcorev2.dll')
    await access(dll)

    await start('uninstall')
    expect(server.state).toMatchObject({ module: null, runtimes: {}, iis: { modules: [] } })
    await expect(access(dll)).rejects.toThrow('ENOENT')
  })

  it('ends as it ends, and is not started unelevated or changed', async () => {
    expect((await start('install', { ...PRACTICE_BUNDLE, exitCode: 1618 })).reply.answer.exitCode).toBe(1618)
    expect(server.state.runtimes).toEqual({})
    expect((await start('install', { ...PRACTICE_BUNDLE, exitCode: 3010 })).reply.answer.exitCode).toBe(3010)
    expect(server.state.module).not.toBeNull()
    server.state.runtimes = { 'Microsoft.AspNetCore.App': ['8.0.30'] }
    expect((await start('install')).reply.answer.exitCode).toBe(1638)
    const file = await write(PRACTICE_BUNDLE)
    expect((await ask('bundle', { action: 'install', file, sha256: '00' })).reply.answer).toEqual({
      changed: true,
    })
    unelevated()
    expect((await start('install')).reply.failed.native).toBe(1223)
  })
})

describe('elevation on the simulated machine', () => {
  it('starts a program with full rights and without this environment', async () => {
    const folder = await mkdtemp(join(server.folder, 'with blank-'))
    const out = join(folder, 'seen.json')
    const program = `require('node:fs').writeFileSync(process.argv[1] + '.part', JSON.stringify([process.env.IDENTITY_SETUP_PRACTICE_ELEVATED, process.env.NODE_ENV ?? null, process.argv[2]])); require('node:fs').renameSync(process.argv[1] + '.part', process.argv[1])`
    const script = join(folder, 'program.cjs')
    await writeFile(script, program.replaceAll('argv[2]', 'argv[3]').replaceAll('argv[1]', 'argv[2]'))
    unelevated()
    const question = { file: process.execPath, arguments: `"${script}" "${out}" "a \\"b\\" c\\\\"` }
    expect((await ask('elevate', question)).reply.answer).toEqual({ started: true })
    await expect.poll(() => readFile(out, 'utf8').catch(() => ''), { timeout: 10_000 }).not.toBe('')
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(['1', null, 'a "b" c\\'])
    await rm(folder, { recursive: true })
  })

  it('is refused once, when somebody says no', async () => {
    unelevated()
    server.state.runtime.refuseElevation = true
    const question = { file: process.execPath, arguments: '--version' }
    const { code, reply } = await ask('elevate', question)
    expect(code).toBe(1)
    expect(reply.failed).toMatchObject({ type: 'System.ComponentModel.Win32Exception', native: 1223 })
    expect((await ask('elevate', question)).code).toBe(0)
  })

  it('is impossible where a policy denies it, or without a program', async () => {
    server.state.token = { ...server.state.token, elevated: false, administrator: false }
    server.state.registry['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'] = {
      ConsentPromptBehaviorUser: 0,
    }
    const file = process.execPath
    expect((await ask('elevate', { file, arguments: '' })).reply.failed.native).toBe(5)
    expect((await ask('elevate', { file: `${file}.gone`, arguments: '' })).reply.failed.native).toBe(2)
  })

  it.each([
    ['', []],
    ['a  b', ['a', 'b']],
    ['"a b" ""', ['a b', '']],
    ['"a\\\\" b\\c', ['a\\', 'b\\c']],
    ['a\\"b', ['a"b']],
  ])('takes %j apart', (line, parts) => {
    expect(splitCommandLine(line)).toEqual(parts)
  })
})
