import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import { practiceWindowsFolder } from '../../../electron/hosts/session/practice-machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceInstaller } from '../../../electron/practice/windows/demonstration.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { rawZip, SERVICE } from '../service/zips.ts'
import { commandLine } from './command-line.ts'

const real = realMachine()

let root: string
let state: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'windows-commands-'))
  state = join(root, 'state')
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** The simulated server that the commands will find. */
async function server(options: PracticeWindowsOptions) {
  const folder = practiceWindowsFolder(state)
  // With what a practice run adds to a server, so that the commands find nothing to add.
  const machine = practiceWindows(real, folder, { ...options, demonstration: true })
  await machine.files.info(folder)
  const store = practiceState(real, folder)
  return {
    installer: practiceInstaller(folder),
    state: () => store.change(async (now) => structuredClone(now)),
    configuration: () => store.change(async (now) => configurationText(now)),
  }
}

const call = (...args: string[]) => commandLine(args, { state })

describe('fix', () => {
  test('enables the features that are missing, once; its plan changes nothing', async () => {
    const windows = await server({ withoutFeatures: ['IIS-HttpLogging', 'IIS-HttpRedirect'] })
    const before = await windows.configuration()
    const plan = await call('fix', 'iis-features', '--practice', '--plan')
    expect([plan.exitCode, plan.stderr]).toEqual([0, ''])
    expect(plan.stdout).toMatch(/\$ dism .*\/FeatureName:IIS-HttpLogging/)
    expect(await windows.configuration()).toBe(before)

    const done = await call('fix', 'iis-features', '--practice')
    expect([done.exitCode, done.stderr]).toEqual([0, ''])
    expect((await windows.state()).features).toMatchObject({
      'IIS-HttpLogging': 'Enabled',
      'IIS-HttpRedirect': 'Enabled',
      'IIS-DirectoryBrowsing': 'Disabled',
    })

    const after = await windows.configuration()
    const again = await call('fix', 'iis-features', '--practice')
    expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('nothing was changed')])
    expect(await windows.configuration()).toBe(after)
  })

  test('a failure of Windows is told, and what it had changed is taken back: exit 1', async () => {
    const windows = await server({
      withoutFeatures: ['IIS-HttpLogging'],
      faults: [
        {
          tool: 'dism',
          at: 1,
          matching: '/Enable-Feature',
          how: { kind: 'exit', code: 5, stdout: 'Error: 5', afterWork: true },
        },
      ],
    })
    const before = await windows.configuration()
    const { exitCode, stderr, stdout } = await call('fix', 'iis-features', '--practice')
    expect(stderr).toMatch(/✖ .+\n(.*\n)*?\s+Next: [A-Z]/)
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('Taken back')])
    expect(await windows.configuration()).toBe(before)
  })

  test('installs the hosting bundle of a file, and refuses a file that is none', async () => {
    const windows = await server({ module: 'missing', runtimes: [] })
    const before = await windows.configuration()
    const other = join(root, 'dotnet-hosting-8.0.22-win.exe')
    await writeFile(other, 'MZ, and nothing that anybody has signed')
    const refused = await call('fix', 'hosting-bundle', other, '--practice')
    expect([refused.exitCode, refused.stderr]).toEqual([
      3,
      expect.stringContaining('It has no valid signature of Microsoft Corporation'),
    ])
    const missing = await call('fix', 'hosting-bundle', join(root, 'nowhere.exe'), '--practice')
    expect([missing.exitCode, missing.stderr]).toEqual([3, expect.stringMatching(/✖ .+\n.*Next: [A-Z]/s)])
    expect(await windows.configuration()).toBe(before)

    const done = await call('fix', 'hosting-bundle', windows.installer, '--practice')
    expect([done.exitCode, done.stderr]).toEqual([0, ''])
    const { module, runtimes, services } = await windows.state()
    expect(module).toMatchObject({ registered: true })
    expect(runtimes['Microsoft.AspNetCore.App']).toEqual(['8.0.22'])
    expect(services['W3SVC']).toMatchObject({ status: 'running' })
  })

  test.each([
    [['fix']],
    [['fix', 'everything']],
    [['fix', 'hosting-bundle']],
    [['fix', 'iis-features', 'too-much.exe']],
    [['fix', 'iis-features', '--force']],
    [['logging']],
    [['logging', 'maybe', '--target', 'x']],
    [['logging', 'on']],
    [['logging', 'on', '--target', 'x', '--level', 'Loud']],
  ])('%j is refused: exit 2 and the way to help', async (args) => {
    const { exitCode, stdout, stderr } = await call(...args)
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining('identity-setup --help')])
    expect(await readdir(root)).toEqual([])
  })
})

describe('without administrator rights: exit 3, the way to them, and nothing changed', () => {
  const way = /This needs administrator rights\.\n(.*\n)*?.*“Run as administrator”/

  test('fix shows its plan and does not carry it out', async () => {
    const windows = await server({ token: 'filtered', withoutFeatures: ['IIS-HttpLogging'] })
    const before = await windows.configuration()
    const plan = await call('fix', 'iis-features', '--practice', '--plan')
    expect([plan.exitCode, plan.stderr]).toEqual([0, ''])
    const { exitCode, stdout, stderr } = await call('fix', 'iis-features', '--practice')
    expect([exitCode, stdout, stderr]).toEqual([3, '', expect.stringMatching(way)])
    expect(stderr).toContain('Nothing was changed.')
    expect(await windows.configuration()).toBe(before)
    expect(await readdir(state)).toEqual(['practice'])
  })
})

describe('IIS on a machine without Windows is refused, and nothing changed', () => {
  test.skipIf(process.platform === 'win32').each(['plan', 'apply'])('%s: exit 2', async (command) => {
    const source = join(root, 'IdentityService.zip')
    await writeFile(source, rawZip(SERVICE))
    const target = join(root, 'target')
    const answers: Answers = { ...exampleAnswers('iis', 'linux'), service: { source, target } }
    const pfx = { from: 'pfx', file: join(root, 'identity.pfx') } as const
    const file = join(root, 'answers.json')
    const website = { ...answers.website!, https: { ...answers.website!.https!, certificate: pfx } }
    await writeFile(file, JSON.stringify({ ...answers, website }))
    const told = await commandLine([command, file], { state, env: { IDENTITY_DB_PASSWORD: 'Canary-7f3k' } })
    expect(told).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told.stderr).toContain('IIS needs Windows, and this machine runs another system.')
    expect(told.stderr).toMatch(/At: .*hosting/)
    expect(told.stderr).toMatch(/Next: Choose Docker, or take a practice run\./)
    expect(told.stderr).toContain('Nothing was changed.')
    expect(await readdir(root)).toEqual(['IdentityService.zip', 'answers.json'])
  })

  test.skipIf(process.platform === 'win32')('fix and logging: exit 3', async () => {
    const fix = await call('fix', 'iis-features')
    expect([fix.exitCode, fix.stdout, fix.stderr]).toEqual([3, '', expect.stringMatching(/Windows/)])
    const logging = await call('logging', 'on', '--target', root)
    expect([logging.exitCode, logging.stdout]).toEqual([3, ''])
    expect(logging.stderr).toMatch(/✖ .+\n(.*\n)*?\s+Next: [A-Z]/)
    expect(await readdir(root)).toEqual([])
  })
})
