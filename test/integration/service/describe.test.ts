import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { describeSource } from '../../../electron/service/describe.ts'
import { fileIn, freshFolder, problemFrom } from './in-folder.ts'
import { rawZip, SERVICE, type RawEntry } from './zips.ts'

const machine = realMachine()
const refusal = async (bytes: Uint8Array | string) =>
  problemFrom(describeSource(machine, await fileIn(await freshFolder(), 'IdentityService.zip', bytes)))
const withEntry = (...entries: RawEntry[]) => rawZip([...SERVICE, ...entries])

describe('describing the service', () => {
  it('reads an archive without unpacking it', async () => {
    const path = await fileIn(
      await freshFolder(),
      'any name.zip',
      withEntry({ name: 'openssl.pfx', content: 'x' }),
    )
    const seen = await describeSource(machine, path)
    expect(seen).toMatchObject({
      kind: 'archive',
      files: 10,
      runtime: { name: 'Microsoft.AspNetCore.App', version: '8.0.10' },
      drivers: { npgsql: '8.0.3', sqlClient: { package: 'Microsoft.Data.SqlClient', version: '5.1.5' } },
      entityFramework: '8.0.1',
      hasMigrations: true,
      pfxScripts: ['pfx/win/generate_pfx.ps1', 'pfx/linux/generate_pfx.sh'],
      shippedPfx: ['openssl.pfx'],
    })
    expect(Buffer.from(seen.settings).toString()).toContain('DbProvider')
    expect(Buffer.from(seen.dockerfile!).toString()).toContain('FROM')
    expect(seen.warnings.map(({ code }) => code)).toEqual(['source.shipped-pfx'])
  })

  it('reads a folder alike', async () => {
    const folder = await serviceFolder()
    const zipped = await describeSource(machine, await fileIn(await freshFolder(), 'x.zip', rawZip(SERVICE)))
    const { path: _, kind, pfxScripts, ...seen } = await describeSource(machine, folder)
    expect(kind).toBe('folder')
    expect(pfxScripts.toSorted()).toEqual(zipped.pfxScripts.toSorted())
    expect(zipped).toMatchObject(seen)
  })

  it('says what it could not find', async () => {
    const path = await fileIn(await freshFolder(), 'x.zip', rawZip(SERVICE.slice(0, 2)))
    const seen = await describeSource(machine, path)
    expect(seen.runtime).toBeUndefined()
    expect(seen.warnings.map(({ code }) => code)).toEqual([
      'source.runtime-unknown',
      'source.no-web-config',
      'source.no-dockerfile',
    ])
  })

  it('reads the single framework of older builds', async () => {
    const content = '{"runtimeOptions":{"framework":{"name":"Microsoft.AspNetCore.App","version":"2.2.0"}}}'
    const path = await fileIn(
      await freshFolder(),
      'x.zip',
      rawZip([...SERVICE.slice(0, 2), { name: 'IdentityService.runtimeconfig.json', content }]),
    )
    expect((await describeSource(machine, path)).runtime?.version).toBe('2.2.0')
  })
})

describe('refusing what is not the service', () => {
  it.each<[string, string, () => Uint8Array | string]>([
    ['0 bytes', 'archive.empty', () => ''],
    ['a text', 'archive.not-a-zip', () => 'This is not an archive, whatever its name says.'],
    ['half an archive', 'archive.truncated', () => rawZip(SERVICE).subarray(0, 400)],
    ['an archive without its last bytes', 'archive.truncated', () => rawZip(SERVICE).subarray(0, -9)],
    ['an archive with a hole', 'archive.damaged', () => cutOut(rawZip(SERVICE), 100, 50)],
    ['an empty archive', 'source.not-the-service', () => rawZip([])],
    ['no dll', 'source.not-the-service', () => rawZip(SERVICE.slice(1))],
    [
      'one level deep',
      'source.nested',
      () => rawZip(SERVICE.map((entry) => ({ ...entry, name: `ids/${entry.name}` }))),
    ],
    [
      'two levels deep',
      'source.nested',
      () => rawZip(SERVICE.map((entry) => ({ ...entry, name: `a/b/${entry.name}` }))),
    ],
    [
      'the distribution',
      'source.distribution',
      () => rawZip([{ name: 'IdentityService.zip' }, { name: 'Web.config' }]),
    ],
    ['a path escape', 'archive.path-escape', () => withEntry({ name: '../evil.dll' })],
    ['an absolute path', 'archive.path-escape', () => withEntry({ name: '/evil.dll' })],
    ['a drive', 'archive.path-escape', () => withEntry({ name: 'C:/evil.dll' })],
    ['a backslash', 'archive.path-escape', () => withEntry({ name: '..\\evil.dll' })],
    ['a device', 'archive.bad-name', () => withEntry({ name: 'wwwroot/aux.js' })],
    ['an alternate stream', 'archive.bad-name', () => withEntry({ name: 'web.config:hidden' })],
    ['a NUL', 'archive.bad-name', () => withEntry({ name: 'a\u0000.dll' })],
    [
      'a link',
      'archive.link',
      () => withEntry({ name: 'l', content: '/etc/passwd', attributes: 0xa1ff0000 }),
    ],
    ['a reparse point', 'archive.link', () => withEntry({ name: 'l', attributes: 0x400 })],
    ['a password', 'archive.encrypted', () => withEntry({ name: 'x', flags: 1 })],
    ['another compression', 'archive.compression', () => withEntry({ name: 'x', method: 12 })],
    ['a twin', 'archive.duplicate', () => withEntry({ name: 'APPSETTINGS.json' })],
    ['a file that is a folder too', 'archive.duplicate', () => withEntry({ name: 'data' })],
    ['a bomb', 'archive.bomb', () => withEntry({ name: 'zeros', content: Buffer.alloc(40 << 20) })],
    [
      'a claim of 4 GiB',
      'archive.bomb',
      () => withEntry({ name: 'x', content: 'x', claimedSize: 0xfffffff0 }),
    ],
    [
      'many small bombs',
      'archive.bomb',
      () =>
        withEntry(
          ...Array.from({ length: 6 }, (_, n) => ({ name: `z${n}`, content: Buffer.alloc(8 << 20) })),
        ),
    ],
    [
      'too many entries',
      'archive.bomb',
      () => rawZip(Array.from({ length: 20_001 }, (_, n) => ({ name: `${n}`, method: 0 }))),
    ],
    [
      'settings of another checksum',
      'archive.damaged',
      () => rawZip([SERVICE[0]!, { ...SERVICE[1]!, claimedCrc: 1 }]),
    ],
    [
      'settings longer than they claim',
      'archive.bomb',
      () => rawZip([SERVICE[0]!, { ...SERVICE[1]!, claimedSize: 3 }]),
    ],
    [
      'settings shorter than they claim',
      'archive.damaged',
      () => rawZip([SERVICE[0]!, { ...SERVICE[1]!, claimedSize: 999 }]),
    ],
  ])('%s', async (_, code, make) => {
    expect((await refusal(make())).code).toBe(code)
  })

  it('says where the files lie and what to do', async () => {
    const nested = await refusal(rawZip(SERVICE.map((entry) => ({ ...entry, name: `a/b/${entry.name}` }))))
    expect(nested.what).toContain('a/b')
    expect(nested.next).toContain('choose the folder a/b')
    expect((await refusal(rawZip(SERVICE.slice(0, 1)))).what).toContain('appsettings.json is missing')
    expect((await refusal(rawZip([SERVICE[0]!, { name: 'AppSettings.json' }]))).cause).toContain(
      'AppSettings.json',
    )
  })

  it('a folder with a link in it, a link, a path without anything', async () => {
    const folder = await serviceFolder()
    await symlink('/etc', join(folder, 'link'))
    expect((await problemFrom(describeSource(machine, folder))).code).toBe('source.link')
    expect((await problemFrom(describeSource(machine, join(folder, 'link')))).code).toBe('source.link')
    expect((await problemFrom(describeSource(machine, join(folder, 'none')))).code).toBe('source.missing')
  })
})

async function serviceFolder(): Promise<string> {
  const folder = await freshFolder()
  for (const { name, content } of SERVICE) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content ?? '')
  }
  return folder
}

function cutOut(bytes: Buffer, from: number, length: number): Buffer {
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
}
