import { type ChildProcess, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { pipeline } from 'node:stream/promises'
import { SetupError } from '../contract/problem.ts'
import type { Command, CommandResult } from './machine.ts'
import { errnoOf } from './file-problem.ts'

const DEFAULT_TIMEOUT_MS = 60_000
/** Milliseconds between asking a process to end and making it end, and between its end and giving up on its pipes. */
const GRACE_MS = 2_000

/** See `Processes.run`. Also rejects with `process.cancelled`, `process.no-access` and `process.not-started`. */
export async function runCommand(command: Command): Promise<CommandResult> {
  if (command.signal?.aborted) throw cancelled(command)
  const child = start(command)
  const stdout = collect(child.stdout, command)
  const stderr = collect(child.stderr, command)
  const exitCode = await watch(child, command)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

function start(command: Command): ChildProcess {
  try {
    return spawn(command.command, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      stdio: [command.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that what it started can be ended with it.
      detached: process.platform !== 'win32',
    })
  } catch (error) {
    // Node names the offending value in its message, and that value may be a secret from `env`.
    throw new SetupError({
      code: 'process.not-started',
      what: `“${command.command}” was not started: an argument or a value for it cannot be handed over.`,
      cause: `The system answered ${errnoOf(error) ?? 'an unknown error'}; a value with a NUL character does this.`,
      next: 'Check the values typed for control characters.',
    })
  }
}

/** Resolves with the exit code when the process has ended and its output is read. */
function watch(child: ChildProcess, command: Command): Promise<number> {
  const timeoutMs = command.timeoutMs ?? DEFAULT_TIMEOUT_MS
  return new Promise((resolve, reject) => {
    let failure: unknown
    const stopFor = (why: unknown) => {
      if (failure !== undefined) return
      failure = why
      endGroup(child, 'SIGTERM')
      setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS).unref()
    }
    const onAbort = () => stopFor(cancelled(command))
    const timer = setTimeout(() => stopFor(tooSlow(command, timeoutMs)), timeoutMs)
    command.signal?.addEventListener('abort', onAbort, { once: true })
    const settle = (code: number | null) => {
      clearTimeout(timer)
      command.signal?.removeEventListener('abort', onAbort)
      if (failure === undefined) resolve(code ?? -1)
      else reject(failure)
    }

    child.once('error', (error) => {
      child.off('close', settle)
      void whyNotStarted(error, command).then((why) => {
        failure ??= why
        settle(null)
      })
    })
    // Something left running in the background may hold the pipes open for ever after the command itself ended.
    child.once('exit', () =>
      setTimeout(() => (child.stdout?.destroy(), child.stderr?.destroy()), GRACE_MS).unref(),
    )
    child.once('close', settle)
    if (child.stdin) feed(child.stdin, command.stdin).catch(stopFor)
  })
}

/** A command may end without reading all of its input; then its exit code tells more than the broken pipe. */
const BROKEN_PIPE = new Set([
  'EPIPE',
  'EOF',
  'ECONNRESET',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
])

async function feed(stdin: Writable, source: Command['stdin']): Promise<void> {
  const input = source instanceof Readable ? source : Readable.from([source], { objectMode: false })
  try {
    await pipeline(input, stdin)
  } catch (error) {
    if (!BROKEN_PIPE.has(errnoOf(error) ?? '')) throw error
  }
}

function collect(stream: Readable | null, { onLine, decode }: Command): () => string {
  const bytes: Buffer[] = []
  const decoder = new StringDecoder('utf8')
  let text = ''
  let lineStart = 0
  stream?.on('data', (chunk: Buffer) => {
    if (decode) bytes.push(chunk)
    text += decoder.write(chunk)
    if (!onLine) return
    for (let end = text.indexOf('\n', lineStart); end >= 0; end = text.indexOf('\n', lineStart)) {
      onLine(text.slice(lineStart, end).replace(/\r$/, ''))
      lineStart = end + 1
    }
  })
  stream?.once('close', () => {
    text += decoder.end()
    if (onLine && lineStart < text.length) onLine(text.slice(lineStart))
  })
  return () => (decode ? decode(Buffer.concat(bytes)) : text)
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill.exe', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => child.kill(),
    )
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}

async function whyNotStarted(error: unknown, command: Command): Promise<SetupError> {
  const errno = errnoOf(error)
  const name = command.command
  if (errno === 'ENOENT' && command.cwd !== undefined && !(await isFolder(command.cwd)))
    return new SetupError({
      code: 'process.no-folder',
      what: `“${name}” was not started: there is no folder “${command.cwd}”.`,
      where: { file: command.cwd },
      next: 'Check the folder, then try again.',
    })
  if (errno === 'ENOENT')
    return new SetupError({
      code: 'process.not-found',
      what: `The command “${name}” was not found on this machine.`,
      next: `Install it, or add its folder to the search path (PATH), then start this program again.`,
    })
  if (errno === 'EACCES' || errno === 'EPERM')
    return new SetupError({
      code: 'process.no-access',
      what: `This user may not start “${name}”.`,
      next: 'Give this user the right to start it, or start the program as an administrator.',
    })
  return new SetupError({
    code: 'process.not-started',
    what: `“${name}” was not started.`,
    cause: `The system answered ${errno ?? 'an unknown error'}.`,
    next: 'Check that the command works in a terminal, then try again.',
  })
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}

function tooSlow(command: Command, timeoutMs: number): SetupError {
  return new SetupError({
    code: 'process.timeout',
    what: `“${command.command}” did not end within ${Math.round(timeoutMs / 1000)} seconds and was ended.`,
    next: 'Check what it waits for by running it in a terminal, then try again.',
  })
}

function cancelled(command: Command): SetupError {
  return new SetupError({
    code: 'process.cancelled',
    what: `“${command.command}” was cancelled.`,
    next: 'Start the step again when you want to go on.',
  })
}
