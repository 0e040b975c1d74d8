import { Readable } from 'node:stream'
import { basename } from 'node:path'
import { SetupError } from '../../contract/problem.ts'
import type { Command, CommandResult } from '../../machine/machine.ts'
import type { ToolAnswer } from './tool.ts'

const DEFAULT_TIMEOUT_MS = 60_000

/** All of what a command is fed. */
export async function readStdin(stdin: Command['stdin']): Promise<Buffer> {
  if (stdin instanceof Readable)
    return Buffer.concat((await stdin.toArray()).map((chunk: Uint8Array | string) => Buffer.from(chunk)))
  return Buffer.from(stdin ?? '')
}

/** The bytes of an answer as the caller wants them, its lines told one by one as they would come. */
export function asResult({ code, stdout, stderr }: ToolAnswer, { decode, onLine }: Command): CommandResult {
  const plain = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  for (const bytes of [stdout, stderr])
    for (const line of onLine ? plain(bytes).split('\n') : [])
      if (line !== '') onLine!(line.replace(/\r$/, ''))
  const text = decode ?? plain
  return { exitCode: code, stdout: text(stdout), stderr: text(stderr) }
}

/** Lets work end by itself, or rejects with `process.timeout` or `process.cancelled` as a real process would. */
export async function within<T>(command: Command, work: () => Promise<T>): Promise<T> {
  const name = basename(command.command)
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = command
  const cancelled = () =>
    new SetupError({
      code: 'process.cancelled',
      what: `“${name}” was cancelled.`,
      next: 'Start the step again when you want to go on.',
    })
  if (signal?.aborted) throw cancelled()
  let stop = (): void => undefined
  const ended = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(tooSlow(name, timeoutMs)), timeoutMs)
    const onAbort = () => reject(cancelled())
    signal?.addEventListener('abort', onAbort, { once: true })
    stop = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  })
  try {
    return await Promise.race([work(), ended])
  } finally {
    stop()
  }
}

export function notFound(name: string): SetupError {
  return new SetupError({
    code: 'process.not-found',
    what: `The command “${name}” was not found on this machine.`,
    next: 'Install it, or add its folder to the search path (PATH), then start this program again.',
  })
}

function tooSlow(name: string, timeoutMs: number): SetupError {
  return new SetupError({
    code: 'process.timeout',
    what: `“${name}” did not end within ${Math.round(timeoutMs / 1000)} seconds and was ended.`,
    next: 'Check what it waits for by running it in a terminal, then try again.',
  })
}
