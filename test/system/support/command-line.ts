import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const CLI = resolve(import.meta.dirname, '../../../electron/hosts/cli.ts')

export interface Ended {
  readonly code: number | null
  /** Both streams, as they came. */
  readonly output: string
}

interface Options {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Sends Ctrl+C as soon as this text has been printed. */
  readonly interruptAt?: string
  /** Kills the process, which has no say in it, as soon as this text has been printed. */
  readonly killAt?: string
  /** Kills the process, which has no say in it, as soon as this has happened. */
  readonly killAfter?: Promise<unknown>
  /** Looks for these in the arguments of every process while the command runs. */
  readonly watchFor?: readonly string[]
}

/** Runs the program's command line as a script does: a process of its own, no terminal. */
export async function commandLine(args: readonly string[], options: Options): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let interrupted = false
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (options.killAt !== undefined && output.includes(options.killAt)) child.kill('SIGKILL')
      if (interrupted || options.interruptAt === undefined || !output.includes(options.interruptAt)) return
      interrupted = true
      child.kill('SIGINT')
    })
  void options.killAfter?.then(() => child.kill('SIGKILL'))
  let over = false
  const seen = watch(options.watchFor ?? [], () => over)
  const code = await new Promise<number | null>((done, fail) => {
    child.once('close', done)
    child.once('error', fail)
  })
  over = true
  const found = await seen
  if (found.length > 0) throw new Error(`A command line held a secret: ${found.join('; ')}`)
  return { code, output }
}

/** Command lines that hold one of the texts. Only Linux shows those of all processes as files. */
async function watch(texts: readonly string[], over: () => boolean): Promise<string[]> {
  const found: string[] = []
  if (texts.length === 0 || process.platform !== 'linux') return found
  while (!over()) {
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      if (texts.some((text) => line.includes(text))) found.push(line.split('\0').slice(0, 3).join(' '))
    }
    await sleep(20)
  }
  return found
}
