import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Command } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'

const { processes } = realMachine()
const node = (script: string, more: Partial<Command> = {}, ...args: string[]): Command => ({
  command: process.execPath,
  args: ['-e', script, '--', ...args],
  ...more,
})
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof SetupError ? error.problem.code : String(error)),
  )
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine processes '))
})
afterAll(() => rm(folder, { recursive: true }))

describe('run', () => {
  it('hands arguments over as they are', async () => {
    const args = ['a b', '"', '$HOME', '%PATH%', '; echo x', '*', '', "'", 'ü\n2', '\\']
    const { stdout } = await processes.run(
      node('console.log(JSON.stringify(process.argv.slice(1)))', {}, ...args),
    )
    expect(JSON.parse(stdout)).toEqual(args)
  })

  it('gives back the exit code and both streams, and each line as it comes', async () => {
    const lines: string[] = []
    const script =
      'console.log("one\\r\\ntwo"); console.error("three"); process.stdout.write("é"); process.exitCode = 3'
    const result = await processes.run(node(script, { onLine: (line) => lines.push(line) }))
    expect(result).toEqual({ exitCode: 3, stdout: 'one\r\ntwo\né', stderr: 'three\n' })
    expect(lines.toSorted()).toEqual(['one', 'three', 'two', 'é'])
  })

  it.each([
    ['text', 'käse'],
    ['bytes', Buffer.from('käse')],
    ['a stream', Readable.from([Buffer.from('kä'), Buffer.from('se')])],
  ])('feeds %s to its input', async (_kind, stdin) => {
    const { stdout } = await processes.run(node('process.stdin.pipe(process.stdout)', { stdin }))
    expect(stdout).toBe('käse')
  })

  it('adds variables to the environment', async () => {
    const { stdout } = await processes.run(
      node('console.log(process.env.SECRET, !!process.env.PATH)', { env: { SECRET: 'é=1' } }),
    )
    expect(stdout).toBe('é=1 true\n')
  })

  it('does not mind a command that leaves its input unread', async () => {
    expect(await processes.run(node('process.exit(4)', { stdin: 'x'.repeat(1_000_000) }))).toMatchObject({
      exitCode: 4,
    })
  })

  it('ends with a source that breaks', async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error('the source broke'))
      },
    })
    await expect(processes.run(node('process.stdin.resume()', { stdin }))).rejects.toThrow('the source broke')
  })

  it('ends what takes too long, with what that started', async () => {
    const script = `const { spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      console.log(child.pid); setInterval(() => {}, 1000)`
    const told: string[] = []
    const onLine = (line: string) => void told.push(line)
    // On a busy machine it may be ended before it has started anything.
    for (let timeoutMs = 1500; told.length === 0; timeoutMs *= 2)
      expect(await codeOf(processes.run(node(script, { timeoutMs, onLine })))).toBe('process.timeout')
    const child = Number(told[0])
    expect(child).toBeGreaterThan(1)
    // Nobody is left to collect it but the system's first process, which may take its time.
    await expect.poll(() => processes.alive(child), { timeout: 20_000 }).toBe(false)
  })

  it('ends when asked to', async () => {
    const stop = new AbortController()
    const running = processes.run(
      node('console.log(1); setInterval(() => {}, 1000)', {
        signal: stop.signal,
        onLine: () => stop.abort(),
      }),
    )
    expect(await codeOf(running)).toBe('process.cancelled')
    expect(await codeOf(processes.run(node('', { signal: stop.signal })))).toBe('process.cancelled')
  })

  it('says why nothing was started', async () => {
    expect(await codeOf(processes.run({ command: 'no-such-command', args: [] }))).toBe('process.not-found')
    expect(await codeOf(processes.run(node('', { cwd: join(folder, 'none') })))).toBe('process.no-folder')
    const secret = 'S3cret\0'
    const error = await processes.run(node('', { env: { A: secret } })).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ problem: { code: 'process.not-started' } })
    expect(JSON.stringify((error as SetupError).problem)).not.toContain('S3cret')
  })
})

describe('startScript', () => {
  it('goes on in the background, writes to its log and can be ended', async () => {
    const script = join(folder, 'script.mjs')
    const log = join(folder, 'log.txt')
    await writeFile(script, 'console.log("started", process.argv[2]); setInterval(() => {}, 1000)')
    const background = await processes.startScript(script, ['a b'], log)
    await expect.poll(() => readFile(log, 'utf8')).toBe('started a b\n')
    expect(processes.alive(background.pid)).toBe(true)
    await background.stop()
    // It has ended; until this process has collected it, the system still lists it.
    await expect.poll(() => processes.alive(background.pid)).toBe(false)
    await background.stop()
  })

  it('never takes a group of processes for one', async () => {
    for (const pid of [0, -1, 1, Number.NaN]) await expect(processes.end(pid)).rejects.toThrow(RangeError)
  })
})
