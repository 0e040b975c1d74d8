import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SetupError } from '../../../electron/contract/problem.ts'
import type { IdentityDatabase } from '../../../electron/database/identity-database.ts'
import { startClientWorld, type ClientWorld } from './client-world.ts'
import { listen } from './fixtures.ts'

let world: ClientWorld

beforeAll(async () => {
  world = await startClientWorld()
})

afterAll(() => world.remove())

beforeEach(() => world.reset())

/** Stands before the server and cuts each connection at its nth message after the login: before it arrives, or its answer. */
async function cutAt(
  n: number,
  what: 'message' | 'answer',
): Promise<{ port: number; close(): Promise<void>; count: number }> {
  const state = { count: 0 }
  const proxy = await listen((socket: Socket) => {
    const behind = connect(world.port, '127.0.0.1')
    let ready = false
    let cut = false
    const end = (): void => void (socket.destroy(), behind.destroy())
    behind.on('error', end).on('close', end)
    socket.on('close', end)
    socket.on('data', (bytes) => {
      // The end of the session is no message of the work.
      if (ready && bytes[0] !== 0x58) state.count += 1
      if (state.count === n && what === 'message') return end()
      cut = state.count === n
      behind.write(bytes)
    })
    behind.on('data', (bytes) => {
      if (cut) return end()
      // ReadyForQuery, idle: the login is over.
      if (bytes.includes(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))) ready = true
      socket.write(bytes)
    })
  })
  return {
    port: proxy.port,
    close: () => proxy.close(),
    get count() {
      return state.count
    },
  }
}

describe.each(['message', 'answer'] as const)('a connection that is cut at any %s', (what) => {
  it.each(['removing', 'putting back'])(
    'leaves all or nothing when %s',
    { timeout: 120_000 },
    async (doing) => {
      const whole = await world.everything()
      const rows = await world.kept()
      await world.using((database) => database.removeRows(rows))
      const without = await world.everything()
      const [start, end] = doing === 'removing' ? [whole, without] : [without, whole]
      const set = (): Promise<void> =>
        world.using((database) =>
          doing === 'removing' ? database.restoreRows(rows) : database.removeRows(rows),
        )
      const work = (database: IdentityDatabase): Promise<void> =>
        doing === 'removing' ? database.removeRows(rows) : database.restoreRows(rows)
      await set()
      let cuts = 0
      let unknown = 0
      for (let n = 1; ; n += 1) {
        const proxy = await cutAt(n, what)
        const outcome = await world.using(work, proxy.port).then(
          () => 'done',
          (error: unknown) => error,
        )
        const count = proxy.count
        await proxy.close()
        if (outcome === 'done' && count < n) break
        cuts += 1
        // Whether a commit was done is claimed by nobody; of everything before it, that nothing was.
        const isUnknown = (outcome as SetupError).problem.code === 'database.commit-unknown'
        expect(outcome).toMatchObject(
          isUnknown
            ? { problem: { cause: expect.stringContaining('It may have done it or not') } }
            : {
                problem: {
                  code: 'database.write',
                  untouched: expect.stringContaining('Nothing was changed'),
                },
              },
        )
        if (isUnknown) unknown += 1
        // The server has noticed when nothing of the session is left.
        await expect
          .poll(
            async () => (await world.sql(`select from pg_stat_activity where usename = 'service'`)).rowCount,
            { interval: 5 },
          )
          .toBe(0)
        const now = await world.everything()
        if (now === end) await set()
        else expect(now).toBe(start)
        if (now === end) expect(isUnknown).toBe(true)
      }
      expect(cuts).toBeGreaterThan(15)
      expect(unknown).toBe(1)
      expect(await world.everything()).toBe(end)
    },
  )
})
