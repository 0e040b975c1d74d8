import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../../electron/machine/machine.ts'
import { readRights, restoreRights, saveRights } from '../../../electron/windows/acl-file.ts'
import {
  missingRights,
  rightsCommand,
  rightsMatch,
  setRights,
  type WantedRights,
} from '../../../electron/windows/rights.ts'
import { parseDacl } from '../../../electron/windows/sddl.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const POOL = 'S-1-5-82-1-2-3-4-5'
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rights-'))
  path = join(folder, 'service')
})
afterEach(() => rm(folder, { recursive: true }))

const grants = [
  { sid: 'S-1-5-18', name: 'SYSTEM', rights: 'F' },
  { sid: 'S-1-5-32-544', name: 'Administrators', rights: 'F' },
  { sid: POOL, name: 'IIS AppPool\\Identity', rights: 'R' },
] as const
const exactFile = (): WantedRights => ({ path, kind: 'file', exact: true, grants })
const folderToo = (): WantedRights => ({
  path,
  kind: 'folder',
  exact: false,
  grants: [{ sid: POOL, name: 'IIS AppPool\\Identity', rights: 'RX' }],
})
const EXACT = `D:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;${POOL})`

describe('an access list that is to be exact', () => {
  it.each([
    ['as wanted', EXACT, []],
    ['in another order and spelling', `D:P(A;;0x120089;;;${POOL})(A;;0x1f01ff;;;BA)(A;;GA;;;SY)`, []],
    ['in parts', `D:P(A;;FR;;;${POOL})(A;;FR;;;BA)(A;;FA;;;BA)(A;;FA;;;SY)`, []],
    ['open to the folder above', EXACT.replace('PAI', 'AI'), ['Rights are inherited from the folder above.']],
    ['with another', `${EXACT}(A;;FR;;;BU)`, ['Users has an entry of its own.']],
    [
      'with a denial',
      `${EXACT}(D;;FR;;;WD)`,
      [
        'Everyone is denied a part of it.',
        'Everyone is denied a part of it.',
        'Everyone is denied a part of it.',
        'Everyone has an entry of its own.',
      ],
    ],
    ['without one', 'D:PAI(A;;FA;;;SY)(A;;FA;;;BA)', ['IIS AppPool\\Identity lacks the right to read.']],
    [
      'with too much',
      EXACT.replace('FR', '0x1200a9'),
      ['IIS AppPool\\Identity has more than the right to read.'],
    ],
    [
      'empty',
      'D:P',
      [
        'SYSTEM lacks the right to do everything.',
        'Administrators lacks the right to do everything.',
        'IIS AppPool\\Identity lacks the right to read.',
      ],
    ],
  ])('%s', (_, sddl, missing) => {
    expect(missingRights(parseDacl(sddl), exactFile())).toEqual(missing)
    expect(rightsMatch(parseDacl(sddl), exactFile())).toBe(missing.length === 0)
  })

  it('an access list that is missing lets everyone in, and does not match', () => {
    expect(rightsMatch(parseDacl('D:NO_ACCESS_CONTROL'), exactFile())).toBe(false)
  })
})

describe('rights that are to be there among others', () => {
  it.each([
    ['inherited', `D:AI(A;OICIID;0x1200a9;;;${POOL})(A;OICIID;FA;;;SY)`, true],
    ['more than wanted', `D:AI(A;OICI;0x1301bf;;;${POOL})`, true],
    ['in two entries', `D:AI(A;;0x1200a9;;;${POOL})(A;OICIIO;GXGR;;;${POOL})`, true],
    ['for this folder only', `D:AI(A;;0x1200a9;;;${POOL})`, false],
    ['for what is below only', `D:AI(A;OICIIO;0x1200a9;;;${POOL})`, false],
    ['for folders only', `D:AI(A;CI;0x1200a9;;;${POOL})`, false],
    ['for one level only', `D:AI(A;OICINP;0x1200a9;;;${POOL})`, false],
    ['less than wanted', `D:AI(A;OICI;FR;;;${POOL})`, false],
    ['for everybody but not for it', 'D:AI(A;OICI;FA;;;BU)', false],
    ['and denied', `D:AI(D;;FX;;;${POOL})(A;OICI;0x1200a9;;;${POOL})`, false],
    ['and denied to a group that it is in', `D:AI(D;OICIID;FR;;;IS)(A;OICI;0x1200a9;;;${POOL})`, false],
    ['and writing denied', `D:AI(D;OICI;DT;;;WD)(A;OICI;0x1200a9;;;${POOL})`, true],
    ['and others denied', `D:AI(D;OICI;FA;;;BG)(A;OICI;0x1200a9;;;${POOL})`, true],
  ])('%s', (_, sddl, match) => {
    expect(rightsMatch(parseDacl(sddl), folderToo())).toBe(match)
  })
})

describe('the command in the plan', () => {
  it('is the one that runs', () => {
    expect(rightsCommand({ ...exactFile(), path: 'C:\\a b\\openssl.pfx' })).toBe(
      `icacls "C:\\a b\\openssl.pfx" /inheritance:r /grant:r *S-1-5-18:F *S-1-5-32-544:F *${POOL}:R /q`,
    )
    expect(rightsCommand({ ...folderToo(), path: 'C:\\s' })).toBe(
      `icacls C:\\s /grant:r "*${POOL}:(OI)(CI)RX" /q`,
    )
  })
})

const DONE = {
  English: 'Successfully processed 1 files; Failed processing 0 files\n',
  German: '1 Dateien erfolgreich verarbeitet, bei 0 Dateien ist ein Verarbeitungsfehler aufgetreten.\n',
  Russian: 'Успешно обработано 1 файлов; не удалось обработать 0 файлов\n',
} as const
const REFUSED = {
  English: 'service: Access is denied.\n',
  German: 'service: Zugriff verweigert\n',
  Russian: 'service: Отказано в доступе.\n',
} as const

/** An icacls that knows one access list, for whatever it is called with. */
function icacls(language: keyof typeof DONE, before: string, after = before, mark = '') {
  const { page } = LANGUAGES.find((one) => one.language === language)!
  let list = before
  const calls: (readonly string[])[] = []
  const { machine } = scriptedWindows(codePage(page))
  const { run } = machine.processes
  const words = async (command: Command) => {
    if (!command.command.endsWith('icacls.exe')) return run(command)
    calls.push(command.args)
    const [, option, file] = command.args
    if (option === '/save') await writeFile(file!, Buffer.from(`${mark}service\r\n${list}\r\n`, 'utf16le'))
    else list = after
    return scriptedWindows({ icacls: { out: DONE[language], page } }).machine.processes.run({
      ...command,
      args: [],
    })
  }
  return { machine: { ...machine, processes: { ...machine.processes, run: words } }, calls }
}

describe.each(LANGUAGES)('icacls in $language', ({ language, page }) => {
  it('reads an access list and leaves no file behind', async () => {
    for (const mark of ['', '\uFEFF']) {
      const { machine, calls } = icacls(language, EXACT, EXACT, mark)
      expect(await readRights(machine, path, folder)).toEqual(parseDacl(EXACT))
      expect(calls).toEqual([[path, '/save', expect.stringContaining(join(folder, 'acl-')), '/q']])
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('sets exact rights by one command, and removes those who had entries of their own', async () => {
    const before = `D:AI(D;;FR;;;BA)(A;;FA;;;BU)(A;;FR;;;WD)(A;ID;FA;;;AU)`
    const { machine, calls } = icacls(language, before, EXACT)
    await setRights(machine, exactFile(), folder)
    expect(calls[1]).toEqual([
      path,
      '/inheritance:r',
      '/grant:r',
      '*S-1-5-18:F',
      '*S-1-5-32-544:F',
      `*${POOL}:R`,
      '/remove',
      '*S-1-5-32-545',
      '*S-1-1-0',
      '/remove:d',
      '*S-1-5-32-544',
      '/q',
    ])
    expect(calls).toHaveLength(3)
  })

  it('adds rights to a folder', async () => {
    const after = `D:AI(A;OICI;0x1200a9;;;${POOL})(A;ID;FA;;;SY)`
    const { machine, calls } = icacls(language, 'D:AI(A;ID;FA;;;SY)', after)
    await setRights(machine, folderToo(), folder)
    expect(calls[1]).toEqual([path, '/grant:r', `*${POOL}:(OI)(CI)RX`, '/q'])
  })

  it('does not believe an end without an effect', async () => {
    const { machine } = icacls(language, 'D:AI(A;ID;FA;;;SY)')
    await expect(setRights(machine, folderToo(), folder)).rejects.toMatchObject({
      problem: {
        code: 'windows.rights-not-set',
        cause: 'IIS AppPool\\Identity lacks the right to read and execute.',
        where: { file: path },
      },
    })
  })

  it('restores what it saved, from the folder above', async () => {
    const saved = join(folder, 'before.acl')
    const { machine, calls } = icacls(language, EXACT)
    await saveRights(machine, path, saved)
    expect((await readFile(saved)).toString('utf16le')).toContain(EXACT)
    await restoreRights(machine, path, saved)
    expect(calls[1]).toEqual([folder, '/restore', saved, '/q'])
  })

  it('says when the restored list is another one', async () => {
    const saved = join(folder, 'before.acl')
    const { machine } = icacls(language, EXACT, 'D:AI(A;ID;FA;;;SY)')
    await saveRights(machine, path, saved)
    await expect(restoreRights(machine, path, saved)).rejects.toMatchObject({
      problem: { code: 'windows.rights-not-restored' },
    })
  })

  it.each([2, 3, 5, 87, 123, 1332])('exit code %i is a refusal with its words', async (code) => {
    const { machine } = scriptedWindows(codePage(page))
    const run = async (command: Command) =>
      command.command.endsWith('icacls.exe')
        ? scriptedWindows({ icacls: { code, err: REFUSED[language], page } }).machine.processes.run({
            ...command,
            args: [],
          })
        : machine.processes.run(command)
    const refusing = { ...machine, processes: { ...machine.processes, run } }
    await expect(readRights(refusing, path, folder)).rejects.toMatchObject({
      problem: {
        code: 'windows.rights-not-read',
        details: expect.arrayContaining([REFUSED[language].trim()]),
      },
    })
    expect(await readdir(folder)).toEqual([])
  })
})

it('what was inherited before does not have to come back the same', async () => {
  const saved = join(folder, 'before.acl')
  const { machine } = icacls(
    'English',
    `D:AI(A;;FR;;;${POOL})(A;ID;FA;;;SY)`,
    `D:AI(A;;0x120089;;;${POOL})(A;ID;FA;;;BA)`,
  )
  await saveRights(machine, path, saved)
  await restoreRights(machine, path, saved)
})

it.each([
  ['no file', undefined],
  ['half of a list', 'service\r\nD:PAI(A;;FA;;;SY)(A;;FA'],
  ['half of a list that would pass', 'service\r\nD:PAI(A;;FA;;;SY)'],
  ['something else', 'service\r\nsomething\r\n'],
])('%s is no saved access list', async (_, text) => {
  const file = join(folder, 'saved.acl')
  const { machine } = scriptedWindows({
    [`icacls | ${path} | /save | ${file} | /q`]: {
      does: async () => {
        if (text !== undefined) await writeFile(file, Buffer.from(text, 'utf16le'))
      },
    },
  })
  await expect(saveRights(machine, path, file)).rejects.toMatchObject({
    problem: { code: 'windows.rights-not-read' },
  })
  await expect(restoreRights(machine, path, file)).rejects.toMatchObject({
    problem: { code: 'windows.rights-file' },
  })
})

it('a restore without the rights for it says so', async () => {
  const file = join(folder, 'saved.acl')
  await writeFile(file, Buffer.from(`service\r\n${EXACT}\r\n`, 'utf16le'))
  const { machine } = scriptedWindows({
    [`icacls | ${folder} | /restore | ${file} | /q`]: { code: 1300, err: 'Not all privileges' },
  })
  await expect(restoreRights(machine, path, file)).rejects.toMatchObject({
    problem: { code: 'windows.rights-not-restored', details: expect.arrayContaining(['Not all privileges']) },
  })
})
