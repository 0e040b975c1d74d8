import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach } from 'vitest'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'

export interface Simulated {
  readonly machine: Machine
  /** Arguments of each call of appcmd that was no question. */
  readonly changes: string[][]
  /** Every argument and every output so far, for a search for secrets. */
  readonly seen: string[]
  /** Exit codes that the next calls of appcmd with these first two arguments get, before or after their work. */
  readonly faults: { readonly call: string; readonly code: number; readonly works: boolean }[]
  /** The configuration of IIS, on disk. */
  iis(): Promise<unknown>
}

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A simulated Windows Server of its own, with a clock that does not wait. */
export async function simulated(options: PracticeWindowsOptions = {}): Promise<Simulated> {
  const folder = await mkdtemp(join(tmpdir(), 'iis-'))
  folders.push(folder)
  const real = realMachine()
  const practice = practiceWindows(
    { ...real, clock: { ...real.clock, sleep: async () => {} } },
    folder,
    options,
  )
  const changes: string[][] = []
  const seen: string[] = []
  const faults: Simulated['faults'] = []
  const run = async (command: Command) => {
    seen.push(...command.args)
    const isAppcmd = basename(command.command) === 'appcmd.exe'
    if (isAppcmd && command.args[0] !== 'list') changes.push([...command.args])
    const call = command.args.slice(0, 2).join(' ')
    const at = isAppcmd ? faults.findIndex((fault) => fault.call === call) : -1
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0]
    if (fault && !fault.works) return { exitCode: fault.code, stdout: 'ERROR ( message:Fault. )', stderr: '' }
    const result = await practice.processes.run(command)
    if (fault) return { exitCode: fault.code, stdout: 'ERROR ( message:Fault. )', stderr: '' }
    return result
  }
  return {
    machine: { ...practice, processes: { ...practice.processes, run } },
    changes,
    seen,
    faults,
    iis: async () => (JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as { iis: unknown }).iis,
  }
}
