import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { commandLine } from '../command-line/command-line.ts'

export const REPOSITORY = resolve(import.meta.dirname, '../../..')

export interface Ended {
  readonly code: number | null
  /** Both streams, as they came. */
  readonly output: string
}

/** Runs a script of `build/windows` as the workflow does: a process of its own, by its arguments alone. */
export async function script(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'build/windows', name), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail))
  return { code, output }
}

/** A working folder of the scripts, with an archive to set up. */
export interface Work {
  readonly folder: string
  readonly state: string
  readonly archive: string
  /** Ends what the practice runs left running, and removes the folder. */
  clean(): Promise<void>
}

export async function workFolder(): Promise<Work> {
  const folder = await mkdtemp(join(tmpdir(), 'windows-workflow-'))
  const [state, archive] = [join(folder, 'state'), join(folder, 'IdentityService.zip')]
  await makePracticeArchive(realMachine(), archive)
  return {
    folder,
    state,
    archive,
    async clean() {
      await commandLine(['practice', 'stop'], { state })
      await rm(folder, { recursive: true, force: true })
      await removeShelteredData(practiceData(state))
    },
  }
}
