import { dirname } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step, StepContext } from '../setup/step.ts'

export interface PracticeServiceInput {
  /** The module that is the practice service. */
  readonly script: string
  /** The folder whose settings it reads. */
  readonly folder: string
  readonly url: string
  readonly logFile: string
  /** Tells which process it is. */
  readonly pidFile: string
}

interface PracticeServiceUndo {
  readonly pidFile: string
}

/** Starts the practice service: a process that stands for the vendor's, and reads what this setup wrote. */
export const startPracticeService: Step<PracticeServiceInput, PracticeServiceUndo> = {
  kind: 'start-practice-service',

  async inspect(input, { machine }) {
    const pid = await ownProcess(machine, input.pidFile)
    return pid === undefined
      ? { state: 'absent', evidence: ['The practice service does not run.'] }
      : { state: 'as-wanted', evidence: [`Runs as process ${pid}.`] }
  },

  preview({ url, folder }) {
    return { detail: `port ${new URL(url).port}`, notes: [`Reads ${folder} and listens on ${url}.`] }
  },

  async apply(input, context) {
    const { files, processes } = context.machine
    await stopPracticeService(context.machine, input.pidFile)
    await context.willUndo({ pidFile: input.pidFile })
    await files.makeFolder(dirname(input.logFile))
    await files.write(input.logFile, '')
    const { pid } = await processes.startScript(
      input.script,
      ['--folder', input.folder, '--url', input.url],
      input.logFile,
    )
    await files.write(input.pidFile, JSON.stringify({ pid, url: input.url }))
    return `The practice service was started as process ${pid}.`
  },

  async verify(input, { machine }) {
    const started = await readPid(machine, input.pidFile)
    if (started) return `process ${started.pid}`
    throw new SetupError({
      code: 'practice.not-started',
      what: 'The practice service was not started.',
      next: 'Try this step again.',
    })
  },

  async undo({ pidFile }, { machine }: StepContext) {
    await stopPracticeService(machine, pidFile)
    return 'The practice service is stopped.'
  },
}

/** Ends the practice service that a pid file names, if it runs. */
export async function stopPracticeService(machine: Machine, pidFile: string): Promise<void> {
  const pid = await ownProcess(machine, pidFile)
  if (pid !== undefined) await machine.processes.end(pid)
  await machine.files.remove(pidFile)
}

/** Whether the process of a pid file still runs; it may not answer yet, or have made room for another. */
export async function maybeRuns(machine: Machine, pidFile: string): Promise<boolean> {
  const started = await readPid(machine, pidFile)
  return started !== undefined && machine.processes.alive(started.pid)
}

/** The service's process, only if it says itself that it is that one: ids of processes are used again. */
export async function ownProcess(machine: Machine, pidFile: string): Promise<number | undefined> {
  const started = await readPid(machine, pidFile)
  if (!started || !machine.processes.alive(started.pid)) return undefined
  const answer = await machine.network.http(started.url, { timeoutMs: 5000 }).catch(() => undefined)
  return answer?.headers['x-practice-process'] === String(started.pid) ? started.pid : undefined
}

async function readPid(machine: Machine, pidFile: string): Promise<{ pid: number; url: string } | undefined> {
  const bytes = await machine.files.read(pidFile)
  if (!bytes) return undefined
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as { pid: number; url: string }
  } catch {
    return undefined
  }
}
