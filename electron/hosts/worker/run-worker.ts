import { connect, type Socket } from 'node:net'
import type { WorkerArguments } from './arguments.ts'
import { readWindowMessage } from './messages.ts'
import type { WorkerPlans } from './plans.ts'
import { WorkerService } from './service.ts'
import { Wire } from './wire.ts'

/** How long the window may take to answer a call, in milliseconds. It waits for it, so any length is long. */
const CONNECT_MS = 10_000

/**
 * The worker's whole life: calls the window, proves itself, does what it is told, ends. Resolves to its exit code;
 * 1 when the window could not be reached.
 */
export async function runWorker(
  { address, secret, approved }: WorkerArguments,
  plans: WorkerPlans,
  idleMs?: number,
): Promise<number> {
  const socket = await call(address)
  if (!socket) return 1
  const wire = new Wire(socket)
  wire.send({ type: 'hello', secret })
  return new Promise((resolve) => {
    const service = new WorkerService({
      plans,
      approved,
      send: (message) => wire.send(message),
      end: () => {
        wire.end()
        resolve(0)
      },
      ...(idleMs === undefined ? {} : { idleMs }),
    })
    wire.send({ type: 'ready' })
    wire.listen({
      message: (value) => service.receive(readWindowMessage(value)),
      // Without its window nobody sees what it does: it ends after the current step.
      closed: () => service.close(),
    })
  })
}

function call(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address)
    const late = setTimeout(() => socket.destroy(new Error('late')), CONNECT_MS)
    socket.once('connect', () => {
      clearTimeout(late)
      resolve(socket)
    })
    socket.once('error', () => {
      clearTimeout(late)
      resolve(undefined)
    })
  })
}
