import { expect, it } from 'vitest'
import type { Command } from '../../../electron/machine/machine.ts'
import { privateAccess } from '../../../electron/machine/private-access.ts'

/** A Windows that knows the two commands; their forms are from Microsoft's command reference. */
function windows(icaclsExit = 0, whoami = '"SRV01\\anna","S-1-5-21-1-2-3-1001"\r\n') {
  const commands: Command[] = []
  const run = async (command: Command) => {
    commands.push(command)
    const isWhoami = command.command.endsWith('whoami.exe')
    return {
      exitCode: isWhoami ? 0 : icaclsExit,
      stdout: isWhoami ? whoami : '',
      stderr: 'Zugriff verweigert',
    }
  }
  return { commands, guard: privateAccess('win32', { run }) }
}

it('gives a file to its owner, Administrators and SYSTEM in one call, by SID', async () => {
  const { commands, guard } = windows()
  await guard.restrict(String.raw`C:\a b\key.pfx`, 'file')
  expect(commands.at(-1)?.args).toEqual([
    String.raw`C:\a b\key.pfx`,
    '/inheritance:r',
    '/grant:r',
    '*S-1-5-18:F',
    '*S-1-5-32-544:F',
    '*S-1-5-21-1-2-3-1001:F',
    '/Q',
  ])
})

it('lets what comes into a folder inherit, and asks for the user once', async () => {
  const { commands, guard } = windows()
  await guard.restrict(String.raw`C:\a`, 'folder')
  await guard.restrict(String.raw`C:\b`, 'folder')
  expect(commands.map(({ command }) => command.split(/[\\/]/).at(-1))).toEqual([
    'whoami.exe',
    'icacls.exe',
    'icacls.exe',
  ])
  expect(commands.at(-1)?.args).toContain('*S-1-5-32-544:(OI)(CI)F')
})

it('does not go on when Windows refuses', async () => {
  const problem = { code: 'file.no-access' }
  await expect(windows(5).guard.restrict('C:\\a', 'file')).rejects.toMatchObject({
    problem: { ...problem, details: ['Zugriff verweigert'] },
  })
  await expect(windows(0, 'nonsense').guard.restrict('C:\\a', 'file')).rejects.toMatchObject({ problem })
})
