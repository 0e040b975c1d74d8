import { spawn } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Server } from './server.ts'

const CLI = fileURLToPath(new URL('../../electron/hosts/cli.ts', import.meta.url))

export interface Told {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program's command line to its end. What it says goes to standard output and into the artifacts. */
export async function program(server: Server, args: readonly string[]): Promise<Told> {
  say(`> identity-setup ${args.join(' ')}`)
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, IDENTITY_SETUP_STATE: server.state },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      told[name] += text
      process.stdout.write(text)
    })
  const exitCode = await new Promise<number | null>((ended, failed) => {
    child.once('close', ended)
    child.once('error', failed)
  })
  const kept = `> identity-setup ${args.join(' ')}\n${told.stdout}${told.stderr}exit code ${exitCode}\n\n`
  await appendFile(join(server.artifacts, 'command-line.log'), kept)
  return { exitCode, ...told }
}

/** Runs the command line and holds its exit code against the one that is wanted. @throws Error with what it said. */
export async function programEnding(server: Server, wanted: number, args: readonly string[]): Promise<Told> {
  const told = await program(server, args)
  if (told.exitCode === wanted) return told
  const words = `${told.stdout}\n${told.stderr}`.trim()
  throw new Error(`identity-setup ${args[0]} ended with ${told.exitCode} instead of ${wanted}:\n${words}`)
}

/** One line for whoever reads along. */
export function say(line: string): void {
  console.log(line)
}
