import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { SetupError } from '../contract/problem.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { asUser, plainEnvironment, runQuietly } from './run-quietly.ts'

const START_MS = 60_000
const STOP_SECONDS = 10
/** Lines of the server's log that are kept to explain a start that failed. */
const KEPT_LINES = 20

export interface ServerStart {
  readonly binaries: PostgresBinaries
  readonly data: string
  readonly host: string
  readonly port: number
  readonly uid: number | undefined
  /** `-c` settings beside those every start gets. */
  readonly settings: readonly string[]
  readonly log: (line: string) => void
}

/**
 * Starts the server in the foreground of a child process and waits until it takes connections. The child is
 * told to stop when this process ends.
 * @throws SetupError `practice.postgres-failed` with the last lines of the server's log.
 */
export async function launch(start: ServerStart): Promise<void> {
  const child = spawn(start.binaries.postgres, argumentsOf(start), {
    ...asUser(start.uid),
    cwd: start.data,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const stopWithUs = (): boolean => child.kill('SIGINT')
  process.once('exit', stopWithUs)
  child.once('exit', () => process.off('exit', stopWithUs))

  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string): void => reject(failed(reason, lines))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail(`It was not ready within ${START_MS / 1000} seconds.`)
    }, START_MS)
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        start.log(line)
        lines.push(line)
        if (lines.length > KEPT_LINES) lines.shift()
        // English whatever the machine speaks: the data folder is made with --no-locale.
        if (!line.includes('database system is ready to accept')) return
        clearTimeout(timer)
        resolve()
      })
    child.once('error', (error) => fail(error.message))
    child.once('close', (code) => {
      clearTimeout(timer)
      fail(`It ended with exit code ${code}.`)
    })
  })
}

/**
 * Stops the server of a data folder: open connections are cut, the data is left complete. Nothing to stop is
 * not an error.
 */
export async function halt({
  binaries,
  data,
  uid,
}: Pick<ServerStart, 'binaries' | 'data' | 'uid'>): Promise<void> {
  const args = ['stop', '-D', data, '-w', '-t', String(STOP_SECONDS), '-m']
  const polite = await runQuietly(binaries.pgCtl, [...args, 'fast'], { uid })
  if (polite.exitCode === 0 || /no server running|PID file .* does not exist/.test(polite.output)) return
  const firm = await runQuietly(binaries.pgCtl, [...args, 'immediate'], { uid })
  if (firm.exitCode !== 0) throw failed('It does not stop.', [polite.output, firm.output])
}

/** Below those that systems give to outgoing connections by themselves (Linux from 32768 on, Windows from 49152 on). */
const FIRST_PORT = 20_000
const PORTS = 12_000
const TRIES = 20

/**
 * A TCP port of this address that nobody listens on: the wanted one if it is free, otherwise another. Not one that the
 * next outgoing connection of any program could be given before the server listens, or while it is stopped.
 */
export async function freePort(host: string, wanted: number | undefined): Promise<number> {
  const others = Array.from({ length: TRIES }, () => FIRST_PORT + Math.floor(Math.random() * PORTS))
  for (const port of [wanted ?? others[0]!, ...others, 0]) {
    const free = await tryPort(host, port)
    if (free !== undefined) return free
  }
  return 0
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

function failed(cause: string, log: readonly string[]): SetupError {
  return new SetupError({
    code: 'practice.postgres-failed',
    what: 'The PostgreSQL of the practice run did not do as told.',
    cause,
    next: 'Read the lines of its log below, and start the practice run again.',
    details: log,
  })
}

function argumentsOf({ data, host, port, settings }: ServerStart): string[] {
  const all = [
    `listen_addresses=${host}`,
    // Practice data may be lost with the machine, and waiting for its disk is what a start mostly does.
    'fsync=off',
    // A failed statement may hold a password; the log goes to the page.
    'log_min_error_statement=panic',
    ...settings,
  ]
  return ['-D', data, '-p', String(port), '-k', '', ...all.flatMap((setting) => ['-c', setting])]
}
