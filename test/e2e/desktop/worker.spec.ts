import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { awaitWorker } from '../../../electron/hosts/worker/await-worker.ts'
import { WorkerLink } from '../../../electron/hosts/worker/link.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { electronPath } from '../support/desktop-door.ts'

const root = resolve(import.meta.dirname, '../../..')

test('the built program is a worker by its arguments: no window, nothing kept, an end with its pipe', async () => {
  const home = await mkdtemp(join(tmpdir(), 'worker-home-'))
  const temporary = await mkdtemp(join(tmpdir(), 'worker-temporary-'))
  let worker: ChildProcess | undefined
  const launch = async (args: readonly string[]) => {
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, TMPDIR: temporary }
    worker = spawn(electronPath(), ['--no-sandbox', root, ...args], { stdio: 'ignore', env })
  }
  const approved = { kind: 'plan', digest: 'a'.repeat(64) } as const
  try {
    const link = await WorkerLink.open(await awaitWorker({ machine: realMachine(), launch, approved }))
    const setup = { kind: 'answers', answers: { version: 1 }, secrets: {} } as const
    const message = { type: 'prepare', stateFolder: join(home, 'state'), practice: true, setup } as const
    const answer = await link.ask(message, 'problems', 'prepared')
    expect(answer.type).toBe('problems')
    const ended = once(worker!, 'exit')
    link.end()
    expect(await ended).toEqual([0, null])
    expect(await readdir(home)).toEqual([])
  } finally {
    worker?.kill('SIGKILL')
    await rm(home, { recursive: true, force: true })
    await rm(temporary, { recursive: true, force: true })
  }
})
