import { expect, it } from 'vitest'
import { startElevated } from '../../../electron/windows/elevate.ts'
import { type Reply, scriptedPowerShell } from './support/scripted-powershell.ts'

const WIN32 = 'System.ComponentModel.Win32Exception'
const start = (reply: Reply) =>
  startElevated(scriptedPowerShell(() => reply).machine, { file: 'C:\\a b\\setup.exe', args: ['--worker'] })

it('hands over the program and its arguments, quoted, and waits for an answer to the prompt', async () => {
  const { machine, asked, commands } = scriptedPowerShell(() => ({ answer: { started: true } }))
  const args = ['--worker', 'C:\\a b\\', 'say "hi"', '', 'C:\\x\\"', '\\\\server\\share']
  await startElevated(machine, { file: 'C:\\a b\\setup.exe', args })
  expect(asked).toEqual([
    {
      script: 'elevate',
      question: {
        file: 'C:\\a b\\setup.exe',
        arguments: String.raw`"--worker" "C:\a b\\" "say \"hi\"" "" "C:\x\\\"" "\\server\share"`,
      },
    },
  ])
  expect(commands[0]!.timeoutMs).toBeGreaterThanOrEqual(120_000)
})

it('says that the prompt was refused, in any language', async () => {
  const failed = { type: WIN32, native: 1223, message: 'Der Vorgang wurde durch den Benutzer abgebrochen' }
  await expect(start({ failed })).rejects.toMatchObject({
    problem: { code: 'elevation.refused', untouched: 'Nothing was changed.' },
  })
})

it.each([5, 2, 740, 1314])('says that Windows did not start it: error %i', async (native) => {
  await expect(
    start({ failed: { type: WIN32, native, message: 'Zugriff verweigert' } }),
  ).rejects.toMatchObject({
    problem: {
      code: 'elevation.impossible',
      untouched: 'Nothing was changed.',
      details: [`${WIN32}: Zugriff verweigert`],
    },
  })
})

it('leaves the other troubles of PowerShell as they are', async () => {
  await expect(start({ stdout: '{"refused":"ConstrainedLanguage"}' })).rejects.toMatchObject({
    problem: { code: 'powershell.constrained' },
  })
  await expect(start({ stdout: '', code: 1 })).rejects.toMatchObject({
    problem: { code: 'powershell.failed' },
  })
})
