import { X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSigningCertificate, type MadeCertificate } from '../../../electron/certificate/signing.ts'
import { inspectFile } from '../../../electron/checks/inspect/inspect-file.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { sampleSettings } from '../../unit/service/settings-samples.ts'
import { fileIn, freshFolder } from './in-folder.ts'
import { rawZip, SERVICE } from './zips.ts'

const machine = realMachine()
const inspect = async (name: string, content: Uint8Array | string) =>
  inspectFile(machine, await fileIn(await freshFolder(), name, content))
let made: MadeCertificate
beforeAll(async () => {
  made = await createSigningCertificate({ key: 'ECDSA-P256', now: new Date(), random: machine.random })
})
const WEB_CONFIG =
  '<?xml version="1.0"?>\r\n<configuration><system.webServer><aspNetCore processPath="dotnet" stdoutLogEnabled="false"/></system.webServer></configuration>'
const CONNECTIONS =
  '<connectionStrings><add name="redis" connectionString="host=h"/><add name="db" connectionString="Server=pg;Port=5432;Database=creatio;User ID=u;password=Magnolia;SSL Password=Camellia;Timeout=500"/></connectionStrings>'

describe('inspecting a file', () => {
  it.each<[string, string, () => Promise<Uint8Array | string> | Uint8Array | string]>([
    ['archive', 'renamed.bin', () => rawZip(SERVICE)],
    ['archive', 'broken.zip', () => 'no archive'],
    ['settings', 'noname', sampleSettings],
    ['settings', 'wide.txt', async () => Buffer.from(`\uFEFF${await sampleSettings()}`, 'utf16le')],
    ['settings', 'broken.json', () => 'oops'],
    ['web-config', 'ConnectionStrings.config', () => WEB_CONFIG],
    ['connection-strings', 'web.config', () => `\uFEFF${CONNECTIONS}`],
    ['connection-strings', 'x', () => Buffer.from(`\uFEFF${CONNECTIONS}`, 'utf16le').swap16()],
    ['certificate', 'broken.pfx', () => ''],
    ['certificate', 'noname', () => `Bag Attributes\n${made.certificatePem}`],
    ['certificate', 'web.config', () => Buffer.from(`\uFEFF${made.certificatePem}`, 'utf16le')],
    ['certificate', 'renamed.json', () => made.pfx],
    ['unknown', 'notes.txt', () => 'Meeting at four'],
    ['unknown', 'page.html', () => '<!DOCTYPE html><html></html>'],
  ])('takes it for %s by its content: %s', async (kind, name, content) => {
    expect((await inspect(name, await content())).kind).toBe(kind)
  })

  it('tells what an archive and its folder hold alike', async () => {
    const folder = await freshFolder()
    for (const { name, content } of SERVICE) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content ?? '')
    }
    const zipped = await inspect('x.zip', rawZip(SERVICE))
    expect((await inspectFile(machine, folder)).facts.filter(({ label }) => label !== 'PFX scripts')).toEqual(
      zipped.facts.filter(({ label }) => label !== 'PFX scripts'),
    )
    expect(zipped.facts).toContainEqual({ label: 'Runtime needed', value: 'Microsoft.AspNetCore.App 8.0.10' })
    expect(zipped.facts).toContainEqual({ label: 'appsettings.json: DbProvider', value: 'Postgres' })
    expect(zipped.refusals).toEqual([])
  })

  it('shows settings without a secret', async () => {
    const seen = await inspect('appsettings.json', await sampleSettings())
    const text = JSON.stringify(seen)
    for (const word of ['Lily', 'Meadow', 'Orchid', 'Fern', 'Sh1pped', 'Clover', 'Heather', 'Poppy', 'Daisy'])
      expect(text).not.toContain(word)
    expect(seen.facts).toContainEqual({
      label: 'RedisConnection',
      value: 'redis.example.test:6379,password=[hidden],ssl=false',
    })
    expect(seen.facts).toContainEqual({ label: 'Written as', value: 'UTF-8, LF' })
    expect(seen.facts).toContainEqual({
      label: 'Client bpmonline-designer',
      value: 'Designer of the sample; secrets: 1; scopes: 3; grants: implicit, client_credentials',
    })
  })

  it('shows a connection part by part without a secret', async () => {
    const seen = await inspect('ConnectionStrings.config', CONNECTIONS)
    expect(JSON.stringify(seen)).not.toMatch(/Magnolia|Camellia/)
    expect(Object.fromEntries(seen.facts.map(({ label, value }) => [label, value]))).toMatchObject({
      'Entry used': 'db (line 1)',
      'Database system': 'PostgreSQL',
      Server: 'pg',
      Port: '5432',
      Password: '[hidden]',
      'SSL Password': '[hidden]',
      Timeout: '500',
    })
  })

  it('shows the entries of a database that Creatio does not use, and what they are', async () => {
    const add = (name: string, value: string) => `<add name="${name}" connectionString="${value}"/>`
    const sql = 'Data Source=sql;Initial Catalog=c;User ID=u;Password=Hydrangea-1'
    const seen = await inspect(
      'ConnectionStrings.config',
      `<connectionStrings>\n${add('dbMssqlCore', sql)}\n${add('redis', 'host=h;db=1;port=6379')}\n${add('db', 'Host=[H];Database=d;Username=u;Password=[P]')}\n</connectionStrings>`,
    )
    expect(seen.facts).toContainEqual({
      label: 'Entry dbMssqlCore (line 2)',
      value: 'MsSqlServer. Left over: Creatio uses db.',
    })
    expect(seen.facts).toContainEqual({ label: 'Entry used', value: 'db (line 4)' })
    expect(seen.warnings.join(' ')).toContain('(H, P)')
    expect(JSON.stringify(seen)).not.toContain('Hydrangea')
  })

  it('shows a certificate without its key', async () => {
    const seen = await inspect('openssl.pfx', made.pfx)
    expect(seen.refusals).toEqual([])
    expect(Object.fromEntries(seen.facts.map(({ label, value }) => [label, value]))).toMatchObject({
      Format: 'PFX',
      Protection: 'AES-256, SHA-256 MAC, no password',
      'Private key': 'in this file',
      Subject: 'CN=Identity Service',
      'Days left': expect.stringMatching(/^109[45]$/),
      Key: 'ECDSA P-256',
      'Key usage': 'digitalSignature',
      'Key id (kid)': `${made.thumbprint}ES256`,
    })
    const alone = await inspect('openssl.cer', new X509Certificate(made.certificatePem).raw)
    expect(alone.refusals.map(({ code }) => code)).toEqual(['certificate.no-private-key'])
    expect(alone.facts).toContainEqual({ label: 'Private key', value: 'not found' })
  })

  it.each<[string, string, string]>([
    ['appsettings.json', '{"A": 1, "a": 2}', 'settings.duplicate-key'],
    ['appsettings.json', '{"Clients": "[{"}', 'settings.clients-not-json'],
    ['appsettings.json', '', 'settings.not-json'],
    ['web.config', '<configuration><aspNetCore></configuration>', 'xml.malformed'],
    [
      'ConnectionStrings.config',
      '<connectionStrings><add name="x" connectionString=""/></connectionStrings>',
      'connectionstrings.no-database',
    ],
    ['IdentityService.zip', '', 'archive.empty'],
    ['openssl.pfx', '', 'certificate.empty'],
    ['openssl.pfx', 'x', 'certificate.damaged'],
    ['notes.txt', 'x', 'inspect.unknown'],
  ])('says what it would refuse in %s: %s', async (name, content, code) => {
    const { refusals } = await inspect(name, content)
    expect(refusals.map((problem) => problem.code)).toEqual([code])
  })

  it('says that a certificate file is far too large, without reading on', async () => {
    const { kind, refusals } = await inspect('large.cer', Buffer.alloc(9 * 1024 * 1024, 'x'))
    expect([kind, refusals.map(({ code }) => code)]).toEqual(['certificate', ['certificate.too-large']])
  })

  it('says so when there is nothing', async () => {
    const { kind, refusals } = await inspectFile(machine, join(await freshFolder(), 'none'))
    expect([kind, refusals.length]).toEqual(['unknown', 1])
  })
})
