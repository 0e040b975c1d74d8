import { describe, expect, it } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import { commandLine, runTool, toolFailed, toolPath } from '../../../electron/windows/tool.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const SAYS = {
  English: 'Access is denied.',
  German: 'Zugriff verweigert: ABHÖREN, größer',
  Russian: 'Служба WAS недоступна',
} as const

describe('where the tools lie', () => {
  it('is below the Windows folder, never on the search path', () => {
    const { machine } = scriptedWindows({}, '/drive/Windows')
    expect(toolPath(machine, 'appcmd')).toBe('/drive/Windows/System32/inetsrv/appcmd.exe')
    expect(toolPath(machine, 'powershell')).toBe(
      '/drive/Windows/System32/WindowsPowerShell/v1.0/powershell.exe',
    )
    expect(toolPath(machine, 'icacls')).toBe('/drive/Windows/System32/icacls.exe')
  })

  it('is nowhere without Windows', async () => {
    const { windows: _, ...other } = realMachine()
    await expect(runTool(other, 'sc', ['query', 'WAS'])).rejects.toMatchObject({
      problem: { code: 'windows.not-here' },
    })
  })
})

describe('what a tool prints', () => {
  it.each(LANGUAGES)('is read in the code page of a $language console', async ({ language, page }) => {
    const { machine, calls } = scriptedWindows({
      ...codePage(page),
      'net | start | w3svc': { code: 2, out: SAYS[language], err: SAYS[language], page },
    })
    const expected = { exitCode: 2, stdout: SAYS[language], stderr: SAYS[language] }
    expect(await runTool(machine, 'net', ['start', 'w3svc'])).toEqual(expected)
    expect(await runTool(machine, 'net', ['start', 'w3svc'])).toEqual(expected)
    const asked = calls.filter((call) => call.includes('OEMCP'))
    expect(asked).toHaveLength(language === 'English' ? 0 : 1)
  })

  it('is read as UTF-8 where it is that, without asking for a code page', async () => {
    const { machine, calls } = scriptedWindows({ 'whoami | /user': { out: '\uFEFFСлужба ÄÖÜ' } })
    expect((await runTool(machine, 'whoami', ['/user'])).stdout).toBe('Служба ÄÖÜ')
    expect(calls).toEqual(['whoami | /user'])
  })

  it.each([
    ['an unknown one', codePage('cp99999')],
    [
      'none',
      {
        [Object.keys(codePage('cp850'))[0]!]: { code: 1, err: 'FEHLER' },
      },
    ],
    [
      'a tool that does not end',
      {
        [Object.keys(codePage('cp850'))[0]!]: { rejects: 'process.timeout' as const },
      },
    ],
  ])('is still read when the code page is %s', async (_, script) => {
    const { machine } = scriptedWindows({
      ...script,
      'net | start | w3svc': { code: 5, out: 'ABH™REN', page: 'cp437' },
      'net | stop | was': { out: Buffer.from([0x99]) },
    })
    expect((await runTool(machine, 'net', ['stop', 'was'])).stdout).toBe('Ö')
  })

  it.each([
    ['with a mark', Buffer.from('\uFEFFЖурнал', 'utf16le'), 'Журнал'],
    ['without a mark', Buffer.from('Журнал <a>', 'utf16le'), 'Журнал <a>'],
    ['not at all', Buffer.from('plain'), 'plain'],
    ['and broken off', Buffer.from('abc', 'utf16le').subarray(0, 5), 'ab\uFFFD'],
  ])('may be UTF-16 %s', async (_, out, text) => {
    const { machine } = scriptedWindows({ 'wevtutil | qe': { out } })
    const { stdout } = await runTool(machine, 'wevtutil', ['qe'], { utf16: true })
    expect(stdout).toBe(text)
  })
})

describe('a tool that does not run', () => {
  it('is named with its path when it is missing', async () => {
    const { machine } = scriptedWindows({ 'appcmd | list | site': { rejects: 'process.not-found' } }, '/w')
    await expect(runTool(machine, 'appcmd', ['list', 'site'])).rejects.toMatchObject({
      problem: { code: 'windows.tool-missing', where: { file: '/w/System32/inetsrv/appcmd.exe' } },
    })
  })

  it('is ended when it takes too long', async () => {
    const { machine } = scriptedWindows({ 'dism | /?': { rejects: 'process.timeout' } })
    await expect(runTool(machine, 'dism', ['/?'])).rejects.toMatchObject({
      problem: { code: 'process.timeout' },
    })
  })

  it('is given the time, the input and the signal of the caller, and 30 seconds otherwise', async () => {
    const given: unknown[] = []
    const does = (command: object) => void given.push(command)
    const { machine } = scriptedWindows({ 'appcmd | add': { does } })
    const { signal } = new AbortController()
    await runTool(machine, 'appcmd', ['add'])
    await runTool(machine, 'appcmd', ['add'], { timeoutMs: 5, stdin: '<xml/>', signal })
    expect(given).toMatchObject([{ timeoutMs: 30_000 }, { timeoutMs: 5, stdin: '<xml/>', signal }])
  })
})

describe('the error for a tool that refused', () => {
  const problem = { code: 'windows.test', what: 'It was not done.', next: 'Try again.' }
  const failed = (exitCode: number, stdout: string, stderr = '') =>
    toolFailed('appcmd', ['list', 'apppool', 'My Pool'], { exitCode, stdout, stderr }, problem).problem

  it('carries the command, the exit code and the last words of both streams', () => {
    expect(failed(50, 'one\r\n\r\n  two\r\n', 'three')).toEqual({
      ...problem,
      details: ['appcmd list apppool "My Pool"', 'appcmd ended with exit code 50', 'one', 'two', 'three'],
    })
    expect(
      failed(1, Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')).details,
    ).toHaveLength(14)
  })

  it('explains codes of Windows that say enough by themselves', () => {
    expect(failed(5, '').cause).toMatch('administrator')
    expect(failed(740, '').cause).toMatch('administrator')
    expect(failed(87, '').cause).toBeUndefined()
  })

  it.each([
    '<processModel userName="u" password="s3cret word" />',
    'password:"s3cret word"',
    "Password='s3cret word'",
    'PASSWORD = s3cret',
    '<processModel userName="u" password="s3cret wo',
  ])('hides a password in %s', (line) => {
    const details = failed(1, line).details!.join('\n')
    expect(details).toContain('[hidden]')
    expect(details).not.toContain('s3cret')
  })
})

describe('a command for people', () => {
  it.each([
    [
      ['add', 'apppool', '/name:X', '/managedRuntimeVersion:'],
      'appcmd add apppool /name:X /managedRuntimeVersion:',
    ],
    [['a b', '', 'c&d'], 'appcmd "a b" "" "c&d"'],
    [['say "x"', 'C:\\my folder\\'], String.raw`appcmd "say \"x\"" "C:\my folder\\"`],
    [["/+bindings.[protocol='http']"], "appcmd /+bindings.[protocol='http']"],
    [['*S-1-5-18:(OI)(CI)F'], 'appcmd "*S-1-5-18:(OI)(CI)F"'],
  ])('%j is quoted as a command prompt needs it', (args, line) => {
    expect(commandLine('appcmd', args)).toBe(line)
  })
})
