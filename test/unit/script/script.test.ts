import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { Facts } from '../../../electron/scenarios/new-installation/facts.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'
import { patchWebConfig } from '../../../electron/service/web-config.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { scriptFunctions } from '../../../electron/windows/scripts.ts'
import type { SettingsInput } from '../../../electron/steps/write-settings.ts'
import type { WebConfigInput } from '../../../electron/steps/write-web-config.ts'
import { NEW_DATABASE } from '../scenarios/facts.ts'
import { objectionsTo } from '../windows/support/powershell-syntax.ts'
import { EXPORTED_SCRIPTS } from './support/allowed.ts'
import { type Call, interpret, patched } from './support/interpret.ts'
import { ODD, plannedScript, SCENARIOS, SECRETS } from './support/plans.ts'

describe.each(Object.entries(SCENARIOS))('the script for %s', (_, scenario) => {
  it('is PowerShell, and uses only what is allowed', async () => {
    const { script } = await plannedScript(scenario)
    expect(await objectionsTo((await script()).slice(1), EXPORTED_SCRIPTS)).toEqual([])
  })

  it('has the mark and the line ends that Windows PowerShell needs', async () => {
    const text = await (await plannedScript(scenario)).script()
    expect(text.startsWith('\uFEFF#Requires -Version 5.1\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.slice(1)).not.toContain('\uFEFF')
  })

  it('holds no secret in any spelling', async () => {
    const text = await (await plannedScript(scenario)).script()
    const redactor = new Redactor()
    redactor.register(...Object.values(SECRETS).map((value) => new Secret(value)))
    expect(redactor.redact(text)).toBe(text)
    expect(text).not.toContain('c4nary')
  })

  it('is the same whatever the secrets are', async () => {
    const { script, plan } = await plannedScript(scenario)
    const text = await script()
    const other = (value: Secret | undefined) => value && new Secret(`${value.open()}-other`)
    const otherClient = new Secret('0ther-c1ient_secret.of.32.chars0')
    const again = await plannedScript(scenario, (facts) => ({
      client: { ...facts.client, secret: otherClient },
      builtInSecret: new Secret('0ther-bui1t.in_secret.of.32.char'),
      database: {
        ...facts.database,
        connectionString: new Secret(facts.database.connectionString.open().replace('c4nary', '0ther')),
      },
      ...(facts.tlsPassword ? { tlsPassword: other(facts.tlsPassword)! } : {}),
      website: {
        ...facts.website!,
        ...(facts.website!.poolPassword ? { poolPassword: other(facts.website!.poolPassword)! } : {}),
      },
    }))
    const foldersOf = (each: string) => each.replaceAll(/script-\w{6}/g, 'script-x')
    expect(foldersOf(await again.script())).toBe(foldersOf(text))
    expect(plan.steps.length).toBeGreaterThan(0)
  })

  it('writes the settings byte for byte as the wizard does', async () => {
    const { script, plan, target } = await plannedScript(scenario)
    const { calls } = interpret(await script(), SECRETS)
    const edits = calls.filter(({ name }) => name === 'Edit-TextFile')
    const settings = plan.steps.find(({ kind }) => kind === 'write-settings')!.input as SettingsInput
    const webConfig = plan.steps.find(({ kind }) => kind === 'write-web-config')!.input as WebConfigInput
    const by = new Map(edits.map((each) => [String(each.named['Path']), each]))
    const bytes = patched(settings.before, by.get(`${target}/appsettings.json`)!)
    expect(bytes.equals(patchSettings(settings.before, settings.edits))).toBe(true)
    expect(by.get(`${target}/appsettings.json`)!.named['Private']).toBe(true)
    const config = by.get(`${target}/web.config`)
    const written = config ? patched(webConfig.before, config) : Buffer.from(webConfig.before)
    expect(written.equals(patchWebConfig(webConfig.before, webConfig.edits))).toBe(true)
  })

  it('calls functions that it holds, with parameters that they have', async () => {
    const text = await (await plannedScript(scenario)).script()
    const { checks, calls } = interpret(text, SECRETS)
    expect(checks.length).toBeGreaterThan(3)
    for (const { name, named } of [...checks, ...calls]) {
      const head = new RegExp(`^function ${name} \\{\\r\\n    param\\((.*)\\)\\r$`, 'm').exec(text)?.[1]
      expect(head, name).toBeDefined()
      for (const parameter of Object.keys(named)) expect(head).toMatch(new RegExp(`\\$${parameter}\\b`))
    }
  })
})

it('asks for each secret once, and makes what the wizard would make', async () => {
  const withPool = await plannedScript(SCENARIOS['an account with a password']!)
  const text = await withPool.script()
  expect(interpret(text, SECRETS).prompts).toEqual([
    "Password of the account EXAMPLE\\o'brien & <co>",
    "Password of the database user o'neil",
  ])
  expect(interpret(text, SECRETS).made.toSorted()).toEqual(['builtInSecret', 'clientSecret'])
  expect(text).toMatch(/Write-Host \('Client secret [^\r]*\$clientSecret\)\)\r\n$/)
})

it('asks for the client secret that the answers name, and does not show it', async () => {
  const { script } = await plannedScript(SCENARIOS['plain http']!, (facts) => ({
    client: { ...facts.client, from: 'answers' },
  }))
  const text = await script()
  expect(interpret(text, SECRETS).prompts).toContain('Client secret of the client AbCdEf0123-45.xY')
  expect(text).not.toMatch(/Write-Host .*clientSecret/)
})

it('asks for no password where the database knows the account', async () => {
  const { script } = await plannedScript(SCENARIOS['SQL Server as the account of the pool']!)
  expect(interpret(await script(), SECRETS).prompts).toEqual([])
})

it('carries only the functions that it uses', async () => {
  const text = await (await plannedScript(SCENARIOS['plain http']!)).script()
  expect(text).not.toMatch(/Pfx-|Open-Pfx|SslBinding|FirewallRule|ConvertTo-XmlText|Get-Thumbprint -Path '/)
  expect(text).toContain('function New-SigningPfx')
})

it('reads as it always did', async () => {
  const scenario = SCENARIOS['a redirect of its own certificate']!
  const { script, target } = await plannedScript({
    ...scenario,
    website: { ...scenario.website, firewall: true },
  })
  const folder = target.replace(/\/IdentityService$/, '')
  const text = (await script()).slice(1).replaceAll('\r\n', '\n').replaceAll(folder, '/srv/install')
  await expect(text).toMatchFileSnapshot('scripts/redirect.ps1.txt')
})

/** The calls that make the signing certificate, and what stands beside them as a comment. */
async function signing(certificate: Answers['certificate'], more: Partial<Facts['signing']> = {}) {
  const script = await (
    await plannedScript({
      website: SCENARIOS['plain http']!.website,
      answers: { certificate },
      facts: { signing: { profile: 'AES-256', warnings: [], ...more } },
    })
  ).script()
  const { checks, calls } = interpret(script, SECRETS)
  const about = (each: readonly Call[]) => each.filter(({ name }) => /Signing|Assert-File/.test(name))
  return { checks: about(checks), calls: about(calls), script }
}

describe('the signing certificate', () => {
  const anew = { from: 'new', subject: 'CN=Identity', days: 90 } as const

  it.each([
    [
      { ...anew, key: 'RSA-3072' },
      { KeyAlgorithm: 'RSA', KeyLength: 3072, HashAlgorithm: 'SHA256' },
    ],
    [
      { ...anew, key: 'RSA-4096', hash: 'SHA-512' },
      { KeyAlgorithm: 'RSA', KeyLength: 4096, HashAlgorithm: 'SHA512' },
    ],
    [
      { ...anew, key: 'ECDSA-P256' },
      { KeyAlgorithm: 'ECDSA_nistP256', HashAlgorithm: 'SHA256' },
    ],
    [
      { ...anew, key: 'ECDSA-P384' },
      { KeyAlgorithm: 'ECDSA_nistP384', HashAlgorithm: 'SHA384' },
    ],
    [
      { ...anew, key: 'ECDSA-P521' },
      { KeyAlgorithm: 'ECDSA_nistP521', HashAlgorithm: 'SHA512' },
    ],
  ] as const)('is made as wished: %o', async (certificate, parameters) => {
    const { calls } = await signing(certificate)
    expect(calls.map(({ name, named }) => [name, named])).toEqual([
      [
        'New-SigningPfx',
        {
          Path: expect.stringMatching(/openssl\.pfx$/),
          Subject: 'CN=Identity',
          Days: 90,
          ...parameters,
        },
      ],
    ])
  })

  it('is said to be encrypted as Windows does where something else was wished', async () => {
    const comment = /# Windows PowerShell writes the PFX with 3DES and SHA-1/
    expect((await signing({ ...anew, key: 'RSA-2048' })).script).toMatch(comment)
    expect((await signing({ ...anew, key: 'RSA-2048' }, { profile: '3DES' })).script).not.toMatch(comment)
  })

  it('is written beside the PFX without its key where that is wished', async () => {
    const { calls } = await signing({ ...anew, key: 'RSA-2048', cer: true })
    expect(calls.at(-1)).toMatchObject({
      name: 'Export-SigningCertificate',
      named: {
        Path: expect.stringMatching(/openssl\.pfx$/),
        Certificate: expect.stringMatching(/openssl\.cer$/),
      },
    })
  })

  it('is taken from an issued PFX: the one that was reviewed, with the password that is asked for', async () => {
    const thumbprint = 'AB'.repeat(20)
    const { checks, calls, script } = await signing(
      { from: 'file', file: '/srv/issued.p12', password: 'env:SIGNING' },
      { password: new Secret(SECRETS.signingPassword), thumbprint },
    )
    expect(checks.map(({ named }) => named['Path'])).toContain('/srv/issued.p12')
    expect(calls[0]).toMatchObject({
      name: 'Copy-SigningPfx',
      named: {
        Source: '/srv/issued.p12',
        Thumbprint: thumbprint,
        Path: expect.stringMatching(/openssl\.pfx$/),
      },
    })
    expect(interpret(script, SECRETS).prompts).toContain('Password of /srv/issued.p12')
  })

  it('is taken from a PFX without a password without a prompt', async () => {
    const { calls } = await signing(
      { from: 'file', file: '/srv/issued.pfx' },
      { thumbprint: 'AB'.repeat(20) },
    )
    expect(Object.keys(calls[0]!.named)).toEqual(['Source', 'Thumbprint', 'Path'])
  })

  it.each([
    [{ from: 'file', file: '/srv/issued.crt' }, 'script.certificate-from-file'],
    [{ from: 'file', file: '/srv/issued.pfx', privateKey: '/srv/own.key' }, 'script.certificate-from-file'],
    [{ ...anew, key: 'RSA-2048', pem: { password: 'env:PEM' } }, 'script.pem-key'],
  ] as const)('cannot be had as %o', async (certificate, code) => {
    const more = { thumbprint: 'AB'.repeat(20), pemPassword: new Secret('Pem-c4nary') }
    await expect(
      signing(certificate, 'pem' in certificate ? more : { thumbprint: more.thumbprint }),
    ).rejects.toMatchObject({
      problem: { code, untouched: 'No script was written.' },
    })
  })
})

describe('what cannot be exported', () => {
  it('is a plan for Docker', async () => {
    const { script } = await plannedScript({
      website: SCENARIOS['plain http']!.website,
      answers: { hosting: 'iis' },
    })
    expect(await script()).toContain('Read-Secret')
    const docker = await plannedScript(SCENARIOS['plain http']!, () => ({}))
    Object.assign(docker.answers, { hosting: 'docker' })
    await expect(docker.script()).rejects.toMatchObject({ problem: { code: 'script.not-iis' } })
  })

  it('is a database that an administrator of the server has to make', async () => {
    const planned = await plannedScript(SCENARIOS['plain http']!, () => ({ newDatabase: NEW_DATABASE }))
    await expect(planned.script()).rejects.toMatchObject({ problem: { code: 'script.new-database' } })
  })

  it('is a folder that an earlier setup has written to', async () => {
    const settings = Buffer.from('{}')
    const planned = await plannedScript(SCENARIOS['plain http']!, () => ({ settings }))
    await expect(planned.script()).rejects.toMatchObject({ problem: { code: 'script.already-installed' } })
    const inPlace = await plannedScript(SCENARIOS['plain http']!, () => ({ patchedSource: true }))
    await expect(inPlace.script()).rejects.toMatchObject({ problem: { code: 'script.already-installed' } })
  })

  it('are settings in another encoding', async () => {
    const inUtf16 = (text: Uint8Array) =>
      Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(new TextDecoder().decode(text), 'utf16le')])
    const planned = await plannedScript(SCENARIOS['plain http']!, ({ source }) => {
      const settings = inUtf16(source.settings)
      return { settings, source: { ...source, settings } }
    })
    await expect(planned.script()).rejects.toMatchObject({ problem: { code: 'script.encoding' } })
  })

  it('are settings that hold what stands for a secret', async () => {
    const planned = await plannedScript(SCENARIOS['plain http']!, ({ source }) => {
      const settings = Buffer.from(
        Buffer.from(source.settings).toString('utf8').replace('{', '{ "x": "secret-mark-0-\\"",'),
      )
      return { settings, source: { ...source, settings } }
    })
    await expect(planned.script()).rejects.toMatchObject({ problem: { code: 'script.text' } })
  })
})

it.each([
  ['with', [0xef, 0xbb, 0xbf]],
  ['without', []],
])('takes a file %s a byte order mark as it comes', async (_, mark) => {
  const marked = (bytes: Uint8Array) =>
    Buffer.concat([Buffer.from(mark), Buffer.from(new TextDecoder().decode(bytes))])
  const { script, plan } = await plannedScript(SCENARIOS['plain http']!, ({ source }) => {
    const settings = marked(source.settings)
    return { settings, source: { ...source, settings } }
  })
  const { calls } = interpret(await script(), SECRETS)
  const settings = plan.steps.find(({ kind }) => kind === 'write-settings')!.input as SettingsInput
  const bytes = patched(
    settings.before,
    calls.find(({ name }) => name === 'Edit-TextFile')!,
  )
  expect(bytes.equals(patchSettings(settings.before, settings.edits))).toBe(true)
  expect(bytes.toString('latin1').startsWith('{')).toBe(mark.length === 0)
})

it('escapes the client secret once where the clients are a list, not a list in a string', async () => {
  const { script, plan } = await plannedScript(SCENARIOS['plain http']!, ({ source }) => {
    const shipped = JSON.parse(new TextDecoder().decode(source.settings).replaceAll(/^\s*\/\/.*$/gm, '')) as {
      Clients: string
    }
    const settings = Buffer.from(
      JSON.stringify({ ...shipped, Clients: JSON.parse(shipped.Clients) as unknown }, undefined, 2),
    )
    return { settings, source: { ...source, settings } }
  })
  const text = await script()
  expect(text).toContain('            (ConvertTo-JsonText (Get-PlainText $clientSecret)),\r\n')
  const settings = plan.steps.find(({ kind }) => kind === 'write-settings')!.input as SettingsInput
  const edit = interpret(text, SECRETS).calls.find(({ name }) => name === 'Edit-TextFile')!
  expect(patched(settings.before, edit).equals(patchSettings(settings.before, settings.edits))).toBe(true)
})

it('says that it comes from a practice run, and is a script for Windows all the same', async () => {
  const scenario = SCENARIOS['plain http']!
  const text = await (await plannedScript({ ...scenario, answers: { practice: true } })).script()
  expect(text).toContain('# Exported from a practice run')
  expect(interpret(text, SECRETS).calls.some(({ name }) => name === 'Copy-Service')).toBe(true)
})

it('keeps odd names in literals: nothing of them is expanded, and none ends early', async () => {
  const { script, plan } = await plannedScript(SCENARIOS['odd characters in names']!)
  const { calls } = interpret(await script(), SECRETS)
  const site = calls.find(({ args }) => JSON.stringify(args).includes('"add","site"'))!
  expect((site.args[1] as string[])[2]).toBe(`/name:Site ${ODD}`)
  const pool = calls.find(({ args }) => JSON.stringify(args).includes('"add","apppool"'))!
  expect(pool.args[2]).toContain(`APPPOOL.NAME="Pool it&#x27;s &#x2019;quoted&#x2018;`)
  expect(plan.steps.length).toBe(calls.length > 0 ? plan.steps.length : 0)
})

describe('the library', () => {
  it('is ASCII, with an empty line between functions and none in them', async () => {
    const text = await scriptFunctions()
    expect(text).toMatch(/^[\n -~]+$/)
    for (const block of text
      .trim()
      .split(/\n{2,}/)
      .slice(1)) {
      expect(block).toMatch(/^(#[^\n]*\n)*function [A-Z][\w-]+ \{\n[\s\S]*\n\}$/)
      expect(block.match(/^function /gm)).toHaveLength(1)
    }
  })

  it('is PowerShell as a whole, and every function in it is used by some script', async () => {
    const text = await scriptFunctions()
    expect(await objectionsTo(text, EXPORTED_SCRIPTS)).toEqual([])
    const scripts = await Promise.all(
      Object.values(SCENARIOS).map(async (scenario) => (await plannedScript(scenario)).script()),
    )
    for (const [, name] of text.matchAll(/^function ([\w-]+)/gm))
      expect(
        scripts.some((script) => script.includes(`function ${name} {`)),
        name,
      ).toBe(true)
  })

  it('names no secret on a command line', async () => {
    const lines = (
      await readFile(new URL('../../../resources/windows/script-functions.ps1', import.meta.url), 'utf8')
    ).split('\n')
    expect(
      lines.filter((line) => /Invoke-Native|Get-NativeResult/.test(line) && /PlainText|Secret/.test(line)),
    ).toEqual([])
  })
})
