import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { element } from '../../../electron/practice/windows/configuration/element.ts'
import { forgetGoneFiles } from '../../../electron/practice/windows/tools/acl-store.ts'
import { icacls } from '../../../electron/practice/windows/tools/icacls.ts'
import { poolSid } from '../../../electron/practice/windows/tools/sids.ts'
import { run, type ServerUnderTest, serverUnderTest } from './simulated-server.ts'

let server: ServerUnderTest
let folder: string
let file: string

beforeEach(async () => {
  server = await serverUnderTest()
  folder = join(server.folder, 'service')
  file = join(folder, 'appsettings.json')
  await mkdir(folder)
  await writeFile(file, '{}')
})
afterEach(() => server.clean())

async function sddl(path: string): Promise<string> {
  const list = join(server.folder, 'list')
  expect((await run(icacls, server, [path, '/save', list, '/q'])).code).toBe(0)
  return (await readFile(list)).toString('utf16le').split('\r\n')[1]!
}

describe('icacls of the simulated server', () => {
  it('grants by SID before the pool exists, and by name only after', async () => {
    const byName = ['/grant', 'IIS AppPool\\Identity:(OI)(CI)RX']
    const early = await run(icacls, server, [folder, ...byName])
    expect(early.code).toBe(1332)
    expect(early.err).toBe(
      'IIS AppPool\\Identity: No mapping between account names and security IDs was done.\n',
    )
    expect((await run(icacls, server, [folder, '/grant', `*${poolSid('Identity')}:(OI)(CI)RX`])).code).toBe(0)

    server.state.iis.pools.push(element({ name: 'Identity' }))
    const late = await run(icacls, server, [folder, ...byName])
    expect(late).toMatchObject({ code: 0, err: '' })
    expect(late.out).toBe(
      `processed file: ${folder}\nSuccessfully processed 1 files; Failed processing 0 files\n`,
    )
    expect(await sddl(folder)).toContain(`D:AI(A;OICI;0x1200a9;;;${poolSid('Identity')})`)
  })

  it('computes the SID of a pool as Windows does', () => {
    expect(poolSid('DefaultAppPool')).toBe('S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415')
  })

  it('closes inheritance and replaces entries in one command', async () => {
    await run(icacls, server, [file, '/grant', '*S-1-5-32-545:M'])
    const args = [
      file,
      '/inheritance:r',
      '/grant:r',
      '*S-1-5-32-544:F',
      '*S-1-5-18:F',
      '/remove',
      '*S-1-5-32-545',
    ]
    expect((await run(icacls, server, [...args, '/q'])).out).toBe(
      'Successfully processed 1 files; Failed processing 0 files\n',
    )
    expect(await sddl(file)).toBe('D:PAI(A;;FA;;;SY)(A;;FA;;;BA)')
  })

  it('merges with /grant and replaces with /grant:r', async () => {
    await run(icacls, server, [file, '/grant', '*S-1-5-20:R'])
    await run(icacls, server, [file, '/grant', '*S-1-5-20:W'])
    expect(await sddl(file)).toContain('(A;;0x12019f;;;NS)')
    await run(icacls, server, [file, '/grant:r', '*S-1-5-20:R'])
    expect(await sddl(file)).toContain('(A;;FR;;;NS)')
  })

  it('leaves an empty list when inheritance is removed alone', async () => {
    await run(icacls, server, [file, '/inheritance:r'])
    expect(await sddl(file)).toBe('D:PAI')
  })

  it('copies what was inherited with /inheritance:d', async () => {
    await run(icacls, server, [folder, '/grant', '*S-1-5-20:(OI)(CI)M'])
    await run(icacls, server, [file, '/inheritance:d'])
    expect(await sddl(file)).toMatch(/^D:PAI\(A;;0x1301bf;;;NS\)/)
    expect(await sddl(file)).not.toContain('ID')
  })

  it('forgets the list of a file that another took the place of, but for what it inherits', async () => {
    await run(icacls, server, [folder, '/grant', '*S-1-5-20:(OI)(CI)M'])
    await run(icacls, server, [file, '/inheritance:r', '/grant', '*S-1-5-18:F'])
    expect(await sddl(file)).toBe('D:PAI(A;;FA;;;SY)')
    await writeFile(`${file}.new`, '{}')
    await rename(`${file}.new`, file)
    expect(await sddl(file)).toContain('(A;ID;0x1301bf;;;NS)')
    expect(await sddl(file)).not.toContain('D:P')
  })

  it('restores what it saved, byte for byte in the state', async () => {
    const saved = join(server.folder, 'saved')
    await run(icacls, server, [file, '/deny', '*S-1-5-32-546:F'])
    const before = JSON.stringify(server.state.acl)
    await run(icacls, server, [file, '/save', saved])
    expect((await readFile(saved)).subarray(0, 4)).toEqual(Buffer.from('ap', 'utf16le'))
    await run(icacls, server, [file, '/inheritance:r', '/remove', '*S-1-5-32-546'])
    expect(JSON.stringify(server.state.acl)).not.toBe(before)
    expect((await run(icacls, server, [folder, '/restore', saved])).code).toBe(0)
    expect(JSON.stringify(server.state.acl)).toBe(before)
  })

  it('keeps no record of a file that has no entries of its own', async () => {
    await run(icacls, server, [file, '/grant', '*S-1-5-20:R'])
    await run(icacls, server, [file, '/remove', '*S-1-5-20'])
    expect(server.state.acl).toEqual({})
  })

  it('forgets what was set on files that are gone', async () => {
    await run(icacls, server, [file, '/inheritance:r', '/grant', '*S-1-5-18:F'])
    await forgetGoneFiles(server.state)
    expect(Object.keys(server.state.acl)).toEqual([file])
    await rm(folder, { recursive: true })
    await forgetGoneFiles(server.state)
    expect(server.state.acl).toEqual({})
  })

  it('walks a tree with /T', async () => {
    const result = await run(icacls, server, [folder, '/grant', '*S-1-5-20:(OI)(CI)R', '/t'])
    expect(result.out).toContain('Successfully processed 2 files; Failed processing 0 files\n')
    expect(await sddl(file)).toContain('(A;;FR;;;NS)')
  })

  it('changes nothing without full rights', async () => {
    const medium = {
      ...server,
      state: { ...server.state, token: { ...server.state.token, elevated: false } },
    }
    const result = await run(icacls, medium, [file, '/grant', '*S-1-5-20:R'])
    expect(result).toMatchObject({
      code: 5,
      err: `${file}: Access is denied.\n`,
      out: 'Successfully processed 0 files; Failed processing 1 files\n',
    })
    expect((await run(icacls, medium, [folder, '/restore', 'x'])).code).toBe(1300)
    expect(server.state.acl).toEqual({})
  })

  it.each([
    [['/grant', '*S-1-5-20:R'], 87, 'First parameter must be a file name pattern or "/?"\n'],
    [[], 3, 'First parameter must be a file name pattern or "/?"\n'],
    [['FILE', '/grant', '*S-1-5-20:Q'], 87, 'Invalid parameter "*S-1-5-20:Q"\n'],
    [['FILE', '/grant'], 87, 'Invalid parameter "/grant"\n'],
    [['FILE', '-q'], 87, 'Invalid parameter "-q"\n'],
    [['FILE', '/grant', '*S-1-5-20:(OI)(CI)R'], 87, 'Invalid parameter "FILE"\n'],
    [['FILE.gone', '/q'], 2, 'FILE.gone: The system cannot find the file specified.\n'],
    [['FILE/gone/more', '/q'], 3, 'FILE/gone/more: The system cannot find the path specified.\n'],
    [['FILE', '/remove', 'Nobody'], 1332, ''],
  ])('refuses %j', async (args, code, err) => {
    const result = await run(
      icacls,
      server,
      args.map((argument) => argument.replace('FILE', file)),
    )
    expect(result.code).toBe(code)
    expect(result.err).toBe(err.replace('FILE', file))
  })

  it('speaks German and Russian in their code pages', async () => {
    server.state.system = { ...server.state.system, language: 'de', oemPage: 850 }
    const german = await run(icacls, server, [file, '/grant', 'Administratoren:R', 'Administrators:R'])
    expect(german.code).toBe(1332)
    expect(german.err).toContain('Sicherheitskennungen wurden nicht durchgeführt.')
    server.state.system = { ...server.state.system, language: 'ru', oemPage: 866 }
    const russian = await run(icacls, server, [file, '/grant', 'BUILTIN\\Администраторы:R'])
    expect(russian.out).toContain('Успешно обработано 1 файлов; не удалось обработать 0 файлов\n')
    // The first word, in code page 866.
    expect(russian.bytes.includes(Buffer.from('93e1afa5e8adae', 'hex'))).toBe(true)
  })
})
