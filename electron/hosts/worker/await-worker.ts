import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { Machine } from '../../machine/machine.ts'
import { newAddress } from './address.ts'
import { workerArguments, type Approved } from './arguments.ts'
import { LARGEST_FRAME, LARGEST_HELLO } from './frames.ts'
import type { Launch } from './launch.ts'
import { secretIn } from './messages.ts'
import { noWorker } from './problems.ts'
import { Wire } from './wire.ts'

export interface WorkerWishes {
  readonly machine: Machine
  readonly launch: Launch
  readonly approved: Approved
  /** How long a worker that was started may take to say who it is. Milliseconds; default 60 000. */
  readonly patienceMs?: number
}

/** Reading the program from disk, and a virus scanner that reads along, on a busy server. */
const PATIENCE_MS = 60_000

/** How long one who connects may take for the secret, and how many may be about it at once. */
const HELLO_MS = 5_000
const MOST_STRANGERS = 8

/**
 * Starts a worker and waits for its call. One connection is accepted: the first whose first message is the secret of
 * the worker's command line. All others are closed and are told nothing.
 *
 * The window listens and the worker calls, because a pipe of an elevated process may be closed to this one.
 * @throws SetupError `elevation.refused`, `elevation.impossible`, `elevation.no-worker`
 */
export async function awaitWorker(wishes: WorkerWishes): Promise<Wire> {
  const { machine, launch, approved, patienceMs = PATIENCE_MS } = wishes
  const secret = Buffer.from(machine.random.bytes(32)).toString('base64url')
  const address = await newAddress(machine)
  const server = createServer()
  server.maxConnections = MOST_STRANGERS
  const door = guard(server, secret)
  const waiting = new AbortController()
  try {
    await listen(server, address.path)
    const started = launch(workerArguments({ address: address.path, secret, approved }))
    // The prompt may stand there for long: only what comes after it is timed.
    const late = started.then(async () => {
      await machine.clock.sleep(patienceMs, waiting.signal)
      throw noWorker(Math.round(patienceMs / 1000))
    })
    return await Promise.race([door.opened, late])
  } finally {
    waiting.abort()
    door.shut()
    await address.remove()
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Lets one connection in, the first that knows the secret; then, or when shut, all others are closed. */
function guard(server: Server, secret: string): { readonly opened: Promise<Wire>; shut(): void } {
  const strangers = new Set<Wire>()
  const shut = () => {
    server.close()
    for (const stranger of strangers) stranger.destroy()
  }
  const opened = new Promise<Wire>((resolve) => {
    server.on('connection', (socket: Socket) => {
      const wire = new Wire(socket, LARGEST_HELLO)
      const late = setTimeout(() => wire.destroy(), HELLO_MS)
      const forget = () => {
        clearTimeout(late)
        strangers.delete(wire)
      }
      strangers.add(wire)
      wire.listen({
        message(value) {
          forget()
          if (!isSecret(secretIn(value), secret)) return wire.destroy()
          wire.pause()
          wire.allow(LARGEST_FRAME)
          shut()
          resolve(wire)
        },
        closed: forget,
      })
    })
  })
  return { opened, shut }
}

/** Takes the same time for every wrong secret. */
function isSecret(said: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return said !== undefined && timingSafeEqual(digest(said), digest(secret))
}
