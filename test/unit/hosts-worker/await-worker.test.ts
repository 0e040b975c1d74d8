import { stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorkerArguments, type WorkerArguments } from '../../../electron/hosts/worker/arguments.ts'
import { awaitWorker } from '../../../electron/hosts/worker/await-worker.ts'
import { encodeFrame } from '../../../electron/hosts/worker/frames.ts'
import type { Launch } from '../../../electron/hosts/worker/launch.ts'
import type { Wire } from '../../../electron/hosts/worker/wire.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { refusedPrompt } from './scripted-plans.ts'

const approved = { kind: 'plan', digest: 'a'.repeat(64) } as const

/** Waits for a worker while a test plays it. */
async function played<T>(
  play: (given: WorkerArguments) => Promise<T>,
  patienceMs = 60_000,
): Promise<{ readonly wire: Wire | undefined; readonly problem?: string; readonly played: T }> {
  const playing = Promise.withResolvers<T>()
  const launch = (args: readonly string[]) => {
    playing.resolve(play(readWorkerArguments(args)!))
    return Promise.resolve()
  }
  const waiting = awaitWorker({ machine: realMachine(), launch, approved, patienceMs }).then(
    (wire) => ({ wire }),
    (error: { problem?: { code: string } }) => ({
      wire: undefined,
      problem: error.problem?.code ?? String(error),
    }),
  )
  const result = { played: await playing.promise, ...(await waiting) }
  result.wire?.destroy()
  return result
}

function called(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(address, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Everything that comes until the other side closes. */
async function heard(socket: Socket): Promise<string> {
  let all = ''
  socket.on('data', (piece) => (all += piece.toString('latin1')))
  socket.on('error', () => {})
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return all
}

async function says(address: string, bytes: Uint8Array): Promise<string> {
  const socket = await called(address)
  socket.write(bytes)
  return heard(socket)
}

const hello = (secret: unknown) => encodeFrame({ type: 'hello', secret })

describe('waiting for a worker', () => {
  it('lets in who knows the secret, and nobody else, who is told nothing', async () => {
    const result = await played(async ({ address, secret }) => {
      const other = [
        await says(address, hello('wrong')),
        await says(address, hello(secret.slice(0, -1))),
        await says(address, hello(['a list'])),
        await says(address, encodeFrame({ type: 'ready' })),
        await says(address, encodeFrame('x'.repeat(600))),
        await says(address, Buffer.from('GET / HTTP/1.1\r\n\r\n')),
      ]
      const silent = await called(address)
      const right = await called(address)
      right.write(hello(secret))
      // One who was connected and said nothing is closed as well.
      return [...other, await heard(silent)]
    })
    expect(result.wire).toBeDefined()
    expect(result.played).toEqual(['', '', '', '', '', '', ''])
  })

  it('closes the door behind the worker', async () => {
    const { wire, played: given } = await played(async (told) => {
      ;(await called(told.address)).write(hello(told.secret))
      return told
    })
    expect(wire).toBeDefined()
    await expect(says(given.address, hello(given.secret))).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })

  it('is let in by no garbage', async () => {
    const result = await played(async ({ address, secret }) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 5, maxLength: 300 }), async (bytes) => {
          const socket = await called(address)
          socket.end(bytes)
          expect(await heard(socket)).toBe('')
        }),
        { numRuns: 60 },
      )
      // All that time it waited for the right one.
      ;(await called(address)).write(hello(secret))
    })
    expect(result.wire).toBeDefined()
  })

  it('gives up when nobody calls, and leaves nothing behind', async () => {
    const result = await played((given) => Promise.resolve(given), 50)
    expect(result.problem).toBe('elevation.no-worker')
    await expect(stat(dirname(result.played.address))).rejects.toThrow('ENOENT')
  })

  it('says so when the prompt was refused, and leaves nothing behind', async () => {
    let address = ''
    const launch: Launch = (args) => {
      address = readWorkerArguments(args)!.address
      return refusedPrompt(args)
    }
    const waiting = awaitWorker({ machine: realMachine(), launch, approved })
    await expect(waiting).rejects.toMatchObject({ problem: { code: 'elevation.refused' } })
    await expect(stat(dirname(address))).rejects.toThrow('ENOENT')
  })

  it('has a secret and an address of its own each time', async () => {
    const seen = [await played(async (given) => given, 20), await played(async (given) => given, 20)]
    const [one, two] = seen.map(({ played: given }) => given) as [WorkerArguments, WorkerArguments]
    expect(one.secret).not.toBe(two.secret)
    expect(one.address).not.toBe(two.address)
    expect(Buffer.from(one.secret, 'base64url')).toHaveLength(32)
  })
})

describe('the command line of a worker', () => {
  const whole = ['--elevated-worker', '--pipe=/p', '--secret=s', `--plan=${'a'.repeat(64)}`]
  it.each([
    [[]],
    [['--pipe=/p', '--secret=s', `--plan=${'a'.repeat(64)}`]],
    [whole.slice(0, 3)],
    [whole.toSpliced(1, 1)],
    [whole.toSpliced(2, 1)],
    [[...whole.slice(0, 3), '--plan=short']],
    [[...whole.slice(0, 3), '--journal=../../etc']],
    [[...whole, '--journal=r1']],
  ])('is not %j', (args) => {
    expect(readWorkerArguments(args)).toBeUndefined()
  })

  it('is whole', () => {
    expect(readWorkerArguments(['program', ...whole])).toMatchObject({ address: '/p', secret: 's' })
  })
})
