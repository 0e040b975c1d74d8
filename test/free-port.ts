import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below those that systems give out by themselves (Linux from 32768 on, Windows from 49152 on), below those that the
 * practice database chooses from (20 000 on), and above 10080, which browsers and fetch refuse.
 */
const FIRST = 11_000
/** Each of the processes that run tests at the same time chooses from ports of its own. */
const SHARES = 7
const SHARE = 1000

const given = new Set<number>()

/**
 * A TCP port of this machine that nobody listens on, to be used a while later: not one that the next outgoing
 * connection of another test, or its next free port, could be in the meantime.
 */
export async function freePort(): Promise<number> {
  const own = Number(process.env['VITEST_POOL_ID'] ?? process.env['TEST_PARALLEL_INDEX'] ?? 0)
  for (;;) {
    const port = FIRST + (own % SHARES) * SHARE + Math.floor(Math.random() * SHARE)
    if (given.has(port)) continue
    const server = createServer()
    const outcome = await Promise.race([
      once(server, 'error').then(() => 'taken' as const),
      once(server.listen(port, '0.0.0.0'), 'listening').then(() => 'free' as const),
    ])
    await new Promise((resolve) => server.close(resolve))
    if (outcome === 'taken') continue
    given.add(port)
    return port
  }
}
