import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import type { ApplyContext } from '../../../electron/setup/step.ts'
import type { KeptRows } from '../../../electron/steps/kept-rows.ts'
import { removeClient, type RemoveClientInput } from '../../../electron/steps/remove-client.ts'
import { startClientWorld, type ClientWorld } from '../database/client-world.ts'
import { listen } from '../database/fixtures.ts'

let world: ClientWorld
let folder: string

beforeAll(async () => {
  world = await startClientWorld()
  folder = await mkdtemp(join(tmpdir(), 'remove-client-'))
})

afterAll(async () => {
  await world.remove()
  await rm(folder, { recursive: true })
})

beforeEach(() => world.reset())

/** Stands before the server and cuts the first connection that commits: before that arrives, or its answer. */
function cutAtCommit(what: 'message' | 'answer') {
  let done = false
  return listen((socket: Socket) => {
    const behind = connect(world.port, '127.0.0.1')
    let cut = false
    const end = (): void => void (socket.destroy(), behind.destroy())
    behind.on('error', end).on('close', end)
    socket.on('close', end)
    socket.on('data', (bytes) => {
      if (!done && bytes.includes('commit\0')) {
        done = true
        if (what === 'message') return end()
        cut = true
      }
      behind.write(bytes)
    })
    behind.on('data', (bytes) => (cut ? end() : socket.write(bytes)))
  })
}

it.each(['message', 'answer'] as const)(
  'the connection is lost while the server finishes (its %s): the rows are looked at again, and are gone',
  async (what) => {
    const log: string[] = []
    const records: KeptRows[] = []
    const proxy = await cutAtCommit(what)
    const input: RemoveClientInput = {
      service: { target: folder, settings: join(folder, 'appsettings.json') },
      database: world.target(proxy.port),
      clientId: 'old',
      row: 7,
      instead: 'new',
      tables: [],
    }
    const context: ApplyContext<KeptRows> = {
      machine: realMachine(),
      log: (text) => void log.push(text),
      progress: () => undefined,
      backupFolder: join(folder, what),
      signal: new AbortController().signal,
      willUndo: async (record) => void records.push(record),
      wrote: async () => undefined,
    }
    await removeClient.apply(input, context)
    expect(await removeClient.verify(input, context)).toBe('looked for, and gone')
    await proxy.close()
    expect(log).toEqual([expect.stringContaining('connection was lost')])
    const left = await world.using((database) => database.clients())
    expect(left.map(({ clientId }) => clientId)).toEqual(['other'])
    // Each attempt has said before how it is taken back, by the same file.
    expect(new Set(records.map(({ file }) => file)).size).toBe(1)
  },
)
