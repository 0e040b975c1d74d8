import { describe, expect, it } from 'vitest'
import { driveKind, lookAtSystem, pendingRestart } from '../../../electron/windows/system.ts'
import { type Answer, codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const VERSION = String.raw`SOFTWARE\Microsoft\Windows NT\CurrentVersion`
const SESSION = String.raw`SYSTEM\CurrentControlSet\Control\Session Manager`
const SERVICING = String.raw`SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending`
const UPDATE = String.raw`SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`

const absent: Answer = { code: 1, err: 'ОШИБКА', page: 'cp866' }

function key(name: string, values: Record<string, string | number>, hive = 'HKLM'): Record<string, Answer> {
  const full = `${hive === 'HKLM' ? 'HKEY_LOCAL_MACHINE' : 'HKEY_CURRENT_USER'}\\${name}`
  const lines = Object.entries(values).map(([value, data]) =>
    typeof data === 'number'
      ? `    ${value}    REG_DWORD    0x${data.toString(16)}`
      : `    ${value}    REG_SZ    ${data}`,
  )
  return { [`reg | query | ${hive}\\${name} | /reg:64`]: { out: ['', full, ...lines, ''].join('\r\n') } }
}

const SERVER = {
  ProductName: 'Windows Server 2022 Standard',
  EditionID: 'ServerStandard',
  CurrentBuildNumber: '20348',
  UBR: 2113,
  InstallationType: 'Server',
}
const environment = (architecture: string) =>
  key(`${SESSION}\\Environment`, { PROCESSOR_ARCHITECTURE: architecture })

describe('which Windows it is', () => {
  it.each([
    [
      SERVER,
      'AMD64',
      {
        product: 'Windows Server 2022 Standard',
        edition: 'ServerStandard',
        build: 20348,
        revision: 2113,
        server: true,
        core: false,
        bits: 64,
      },
    ],
    [{ ...SERVER, InstallationType: 'Server Core' }, 'ARM64', { server: true, core: true, bits: 64 }],
    [
      { ProductName: 'Windows 10 Pro', CurrentBuildNumber: '26100', InstallationType: 'Client' },
      'AMD64',
      { product: 'Windows 11 Pro', server: false, revision: 0, edition: '' },
    ],
    [
      { ProductName: 'Windows 10 Pro', CurrentBuildNumber: '19045', InstallationType: 'Client' },
      'x86',
      { product: 'Windows 10 Pro', bits: 32 },
    ],
    [{}, 'AMD64', { product: 'Windows', build: 0, server: false }],
  ])('%j', async (values, architecture, expected) => {
    const { machine } = scriptedWindows({ ...key(VERSION, values), ...environment(architecture) })
    expect(await lookAtSystem(machine)).toMatchObject(expected)
  })
})

describe.each(LANGUAGES)('a restart on a $language Windows', ({ page }) => {
  const none = {
    ...codePage(page),
    [`reg | query | HKLM\\${SERVICING} | /reg:64`]: absent,
    [`reg | query | HKLM\\${UPDATE} | /reg:64`]: absent,
    ...key(SESSION, { Other: 1 }),
  }

  it('is not pending', async () => {
    expect(await pendingRestart(scriptedWindows(none).machine)).toEqual({ pending: false, reasons: [] })
  })

  it.each([
    ['features', key(SERVICING, {})],
    ['Windows Update', key(UPDATE, { PostRebootReporting: 1 })],
    ['Files in use', key(SESSION, { PendingFileRenameOperations: '\\??\\C:\\a\\0' })],
  ])('is pending because of %s', async (word, found) => {
    const { pending, reasons } = await pendingRestart(scriptedWindows({ ...none, ...found }).machine)
    expect(pending).toBe(true)
    expect(reasons).toHaveLength(1)
    expect(reasons[0]?.toLowerCase()).toContain(word.toLowerCase())
  })
})

describe('a drive', () => {
  const local = {
    'reg | query | HKCU\\Network\\Z | /reg:64': absent,
    'net | use | Z:': { code: 2, out: 'Сетевое подключение не найдено.', page: 'cp866' },
    subst: { out: '' },
    ...codePage('cp866'),
  } satisfies Record<string, Answer>
  const shared = key('Network\\Z', { RemotePath: '\\\\srv\\share' }, 'HKCU')

  it.each([
    ['\\\\server\\share\\folder', 'unc'],
    ['//server/share', 'unc'],
    ['\\\\?\\UNC\\server\\share', 'unc'],
    ['C:\\inetpub', 'local'],
    ['c:/inetpub', 'local'],
    ['\\\\?\\C:\\inetpub', 'local'],
    ['/home/someone/drive', 'local'],
    ['folder', 'local'],
  ])('%s is told without asking: %s', async (path, kind) => {
    const { machine, calls } = scriptedWindows({})
    expect(await driveKind(machine, path)).toBe(kind)
    expect(calls).toEqual([])
  })

  it.each([
    ['local', local],
    ['mapped', { ...local, ...shared }],
    ['mapped', { ...local, 'net | use | Z:': { out: 'Lokaler Name  Z:' } }],
    ['subst', { ...local, subst: { out: 'Y:\\: => C:\\other\r\nZ:\\: => C:\\папка\r\n', page: 'cp866' } }],
    ['local', { ...local, subst: { out: 'Y:\\: => Z:\\: =>\r\n' } }],
  ])('with a letter is %s', async (kind, script) => {
    const { machine } = scriptedWindows(script)
    expect(await driveKind(machine, 'z:\\service')).toBe(kind)
  })
})
