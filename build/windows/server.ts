import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { practiceMachine } from '../../electron/hosts/session/practice-machine.ts'
import type { Machine } from '../../electron/machine/machine.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { toolPath, windowsFolders, type WindowsTool } from '../../electron/windows/tool.ts'

/** Long enough for whatever a tool waits for itself. */
const MOST_MS = 600_000

/** The Windows that the scripts of this folder work on: this machine's own, or a simulated one. */
export interface Server {
  readonly machine: Machine
  readonly practice: boolean
  /** Everything that the scripts make lies below it. */
  readonly work: string
  /** The program's state folder. */
  readonly state: string
  /** What is kept of a run of the workflow. */
  readonly artifacts: string
}

/** @param work folder for all that the scripts make; made if it is missing. */
export async function serverIn(work: string, practice: boolean): Promise<Server> {
  const folder = resolve(work)
  const [state, artifacts] = [join(folder, 'state'), join(folder, 'artifacts')]
  await mkdir(artifacts, { recursive: true })
  const real = realMachine()
  return { machine: practice ? practiceMachine(real, state) : real, practice, work: folder, state, artifacts }
}

export interface ToolAnswer {
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: Buffer
}

/** Tools that the program itself does without are named by their files. */
export type RawTool = WindowsTool | 'certutil.exe' | 'fltMC.exe'

/** Runs one of Windows' own tools and gives its bytes as they came. */
export async function runRaw(
  { machine }: Server,
  tool: RawTool,
  args: readonly string[],
  stdin?: string,
): Promise<ToolAnswer> {
  const { exitCode, stdout, stderr } = await machine.processes.run({
    command: pathOf(machine, tool),
    args,
    timeoutMs: MOST_MS,
    decode: (bytes) => Buffer.from(bytes).toString('latin1'),
    ...(stdin === undefined ? {} : { stdin }),
  })
  return { exitCode, stdout: Buffer.from(stdout, 'latin1'), stderr: Buffer.from(stderr, 'latin1') }
}

function pathOf(machine: Machine, tool: RawTool): string {
  if (tool !== 'certutil.exe' && tool !== 'fltMC.exe') return toolPath(machine, tool)
  return join(windowsFolders(machine).windows, 'System32', tool)
}
