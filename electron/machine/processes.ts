import { spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../contract/problem.ts'
import type { Background, Processes } from './machine.ts'
import { fileError } from './file-problem.ts'
import { runCommand } from './run-command.ts'

/** Milliseconds a process gets to end by itself before it is made to. */
const POLITE_MS = 5_000

/** {@link Processes} of this machine: argument lists only, never a shell. */
export function realProcesses(): Processes {
  return { run: runCommand, startScript, alive, end }
}

/** Starts a script with the Node that runs this program. Rejects with a file error when the log cannot be opened. */
async function startScript(script: string, args: readonly string[], logFile: string): Promise<Background> {
  const log = await open(logFile, 'a', 0o600).catch((error) => {
    throw fileError(error, logFile)
  })
  try {
    const child = spawn(process.execPath, [script, ...args], {
      detached: true,
      // In the window's process, the program that runs this one is Electron, which has to be told to be Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    })
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid!))
      child.once('error', reject)
    })
    child.unref()
    return { pid, stop: () => end(pid) }
  } finally {
    await log.close()
  }
}

function alive(pid: number): boolean {
  mustBeOne(pid)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may be looked at but not signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function end(pid: number): Promise<void> {
  mustBeOne(pid)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw notEnded(pid, error)
    }
    for (const until = Date.now() + POLITE_MS; Date.now() < until; await sleep(25))
      if (!alive(pid) || (await isRemnant(pid))) return
  }
  throw notEnded(pid)
}

/** On Linux an ended process keeps its id until its parent has asked for the exit code, which some never do. */
async function isRemnant(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  // The name, in brackets, may hold anything; the state follows it.
  return /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1))
}

/** 0 and negative numbers mean groups of processes to the system, 1 is the system itself. */
function mustBeOne(pid: number): void {
  if (!Number.isInteger(pid) || pid < 2) throw new RangeError(`${pid} is not the id of one process`)
}

function notEnded(pid: number, cause?: unknown): SetupError {
  return new SetupError(
    {
      code: 'process.not-ended',
      what: `The process ${pid} did not end.`,
      next: 'End it in the task list of this machine, then try again.',
      ...(cause instanceof Error ? { details: [cause.message] } : {}),
    },
    { cause },
  )
}
