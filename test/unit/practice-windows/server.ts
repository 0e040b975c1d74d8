import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'

interface Answered {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface TestServer {
  readonly machine: Machine
  readonly folder: string
  /** Runs appcmd; the text is that of the bytes, read as Latin-1 unless told otherwise. */
  appcmd(args: readonly string[], more?: Partial<Command>): Promise<Answered>
  change(work: (state: ServerState) => void): Promise<void>
  configuration(): Promise<string>
  /** All files of the simulation as text. */
  files(): Promise<string>
}

/** A simulated server in a folder of its own, which goes when the test ends. */
export async function testServer(options: PracticeWindowsOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-windows-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const real = realMachine()
  const machine = practiceWindows(real, folder, options)
  // The first look at its files makes the server.
  await machine.files.info(folder)
  const command = join(machine.windows!.windows, 'System32', 'inetsrv', 'appcmd.exe')
  return {
    machine,
    folder,
    async appcmd(args, more) {
      const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
      const { exitCode, stdout, stderr } = await machine.processes.run({ command, args, decode, ...more })
      return { code: exitCode, stdout, stderr }
    },
    async change(work) {
      await practiceState(real, folder).change((state) => Promise.resolve(work(state)))
    },
    configuration: () =>
      practiceState(real, folder).change((state) => Promise.resolve(configurationText(state))),
    files: () => readFile(join(folder, 'state.json'), 'utf8'),
  }
}
