import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that systems give out by themselves (Linux from 32768 on, Windows from 49152 on). */
const FIRST = 20_000
const COUNT = 12_000

/**
 * A TCP port of this machine that nobody listens on, to be used a while later: not one that the next outgoing
 * connection of another test could be given in the meantime.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    const server = createServer()
    const outcome = await Promise.race([
      once(server, 'error').then(() => 'taken' as const),
      once(server.listen(port, '0.0.0.0'), 'listening').then(() => 'free' as const),
    ])
    await new Promise((resolve) => server.close(resolve))
    if (outcome === 'free') return port
  }
}
