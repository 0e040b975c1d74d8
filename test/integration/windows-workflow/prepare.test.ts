import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { practiceWindowsFolder } from '../../../electron/hosts/session/practice-machine.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceInstaller } from '../../../electron/practice/windows/demonstration.ts'
import { practiceWindows } from '../../../electron/practice/windows/machine.ts'
import { script, workFolder, type Work } from './scripts.ts'

const MINUTES_5 = 300_000

let work: Work
let bundle: string

vi.setConfig({ testTimeout: MINUTES_5 })

/** A server on which nothing was made ready, with an installer on its drive. */
beforeAll(async () => {
  work = await workFolder()
  const windows = practiceWindowsFolder(work.state)
  const bare = practiceWindows(realMachine(), windows, {
    iis: false,
    module: 'missing',
    runtimes: [],
    demonstration: true,
    siteScript: practiceSiteScript,
  })
  await bare.files.info(windows)
  bundle = practiceInstaller(windows)
})
afterAll(() => work.clean())

const prepare = (file: string) =>
  script('prepare.ts', ['--work', work.folder, '--bundle', file, '--practice'])

/** What each journal is about and how it ended last, oldest first. */
async function endsOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const lines = (await readFile(join(folder, name), 'utf8')).trim().split('\n')
      const [head, end] = [lines.at(0), lines.at(-1)].map(
        (line) => JSON.parse(line!) as Record<string, string>,
      )
      return `${head!['title']}: ${end!['outcome']}`
    }),
  )
}

test('an installer that is none stops it with what the program says', async () => {
  const file = join(work.folder, 'dotnet-hosting-0-win.exe')
  await writeFile(file, 'not an installer')
  const { code, output } = await prepare(file)
  expect(code).toBe(1)
  expect(output).toMatch(/identity-setup fix ended with \d instead of 0/)
})

test('a bare server gets IIS and the module, and a second time changes nothing', async () => {
  const first = await prepare(bundle)
  expect(first.output).toContain('ASP.NET Core module: missing. Runtimes: none.')
  expect(first.code, first.output).toBe(0)
  const second = await prepare(bundle)
  expect(second.output).toContain('ASP.NET Core module: ready.')
  expect(second.code, second.output).toBe(0)
  // Two changes, and none of the repetitions.
  const ends = await endsOf(join(work.folder, 'artifacts', 'journals'))
  expect(ends.filter((end) => end.endsWith(': done'))).toEqual([
    'Enable IIS features: done',
    'Install the ASP.NET Core Hosting Bundle: done',
  ])
})

test('a word that it does not know, and one that is missing, are refused before anything', async () => {
  await mkdir(join(work.folder, 'other'))
  const unknown = await script('prepare.ts', ['--work', join(work.folder, 'other'), '--force', 'yes'])
  expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining("'--force'")])
  const missing = await script('prepare.ts', ['--work', join(work.folder, 'other')])
  expect([missing.code, missing.output]).toEqual([1, expect.stringContaining('Missing: --bundle.')])
  expect(await readdir(join(work.folder, 'other'))).toEqual([])
})
