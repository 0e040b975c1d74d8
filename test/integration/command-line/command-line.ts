import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const DOOR = resolve(import.meta.dirname, '../../../electron/hosts/cli.ts')
/** All that a process gets of the environment here. */
const { PATH, NODE_COMPILE_CACHE } = process.env

export interface Told {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Call {
  readonly state: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly cwd?: string
  /** Told of each line of standard output as it comes. */
  readonly onLine?: (line: string, interrupt: () => void) => void
}

/** Runs the command line as scripts do: a process of its own, with a state folder of its own. */
export async function commandLine(args: readonly string[], call: Call): Promise<Told> {
  const child = spawn(process.execPath, [DOOR, ...args], {
    cwd: call.cwd,
    env: { PATH, NODE_COMPILE_CACHE, IDENTITY_SETUP_STATE: call.state, ...call.env },
  })
  const ended = new Promise<number | null>((end) => child.on('close', end))
  child.stdin.on('error', () => {})
  child.stdin.end(call.stdin ?? '')
  const { onLine } = call
  if (onLine) createInterface(child.stdout).on('line', (line) => onLine(line, () => child.kill('SIGINT')))
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { exitCode, stdout, stderr }
}
