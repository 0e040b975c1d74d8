import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Provider } from '../../../electron/contract/database.ts'
import { readContents } from '../../../electron/database/contents.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState } from '../../doubles/sql-server/identity/state.ts'
import { startServer, type TestServer } from './fixtures.ts'
import { readConnectionTest, type IdentityResponder } from './sql-server-fixtures.ts'

/** A server that falls silent at any moment: the test ends by its own time, and leaves no connection behind. */
let postgres: TestServer
let sqlServer: IdentityResponder

beforeAll(async () => {
  postgres = await startServer()
  sqlServer = await startIdentityResponder(emptyState())
})

beforeAll(readConnectionTest, 120_000)

afterAll(async () => {
  await postgres?.remove()
  await sqlServer?.close()
})

const TIME_OUT = 500
/** How much a server says before it falls silent, in bytes; the last is enough for the whole test. */
const SAID = [0, 1, 30, 300, 500, 1000, 1_000_000]
/** Between the login and the last answer about the tables. */
const WHILE_READING = { PostgreSQL: [640, 670, 720], MsSqlServer: [540, 600, 660, 720] } as const

interface Proxy {
  readonly port: number
  /** Connections that the test has not closed. */
  open(): number
  close(): Promise<void>
}

/** Hands on what the client says, and the first bytes of what the server says over all connections. */
async function fallingSilent(port: number, bytes: number): Promise<Proxy> {
  const clients = new Set<Socket>()
  const all = new Set<Socket>()
  let left = bytes
  const proxy = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ port, host: '127.0.0.1' })
    clients.add(client)
    all.add(client).add(server)
    client.on('data', (data) => server.write(data)).on('error', () => undefined)
    // Silent also when it is told that nothing more will come.
    client.once('end', () => clients.delete(client)).once('close', () => clients.delete(client))
    server
      .on('error', () => undefined)
      .on('data', (data) => {
        const told = data.subarray(0, left)
        left -= told.length
        if (told.length > 0) client.write(told)
      })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    port: (proxy.address() as AddressInfo).port,
    open: () => clients.size,
    close: async () => {
      for (const socket of all) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

function target(provider: Provider, port: number) {
  const text =
    provider === 'PostgreSQL'
      ? `Host=127.0.0.1;Port=${port};Database=creatio;Username=${postgres.user};Password=${postgres.password.open()};SSL Mode=Disable`
      : `Data Source=127.0.0.1,${port};Initial Catalog=creatio;User ID=identity;Password=canary;Encrypt=False`
  return { provider, connectionString: new Secret(text) } as const
}

const portOf = (provider: Provider): number => (provider === 'PostgreSQL' ? postgres.port : sqlServer.port)

describe.each(['PostgreSQL', 'MsSqlServer'] as const)('a server for %s that falls silent', (provider) => {
  it.each(SAID)('after %i bytes is waited for no longer than the time-out', async (bytes) => {
    const proxy = await fallingSilent(portOf(provider), bytes)
    try {
      // Whoever says everything is given time on a busy machine.
      const timeoutMs = bytes === SAID.at(-1) ? 30_000 : TIME_OUT
      const layers = await testConnection(realMachine(), target(provider, proxy.port), { timeoutMs })
      const failed = layers.filter(({ state }) => state === 'failed')
      expect(failed.map(({ summary }) => summary)).toEqual(
        bytes === SAID.at(-1) ? [] : ['No answer within 0.5 seconds'],
      )
      for (const { ms } of failed) expect(ms).toBeLessThan(TIME_OUT + 5000)
      await expect.poll(() => proxy.open(), { timeout: 3000 }).toBe(0)
    } finally {
      await proxy.close()
    }
  })

  it.each(SAID)('after %i bytes is left at once when the test is cancelled', async (bytes) => {
    const proxy = await fallingSilent(portOf(provider), bytes)
    const over = new AbortController()
    try {
      const running = testConnection(realMachine(), target(provider, proxy.port), {
        timeoutMs: 60_000,
        signal: over.signal,
      })
      setTimeout(() => over.abort(), 300)
      const layers: readonly LayerResult[] = await running
      if (bytes !== SAID.at(-1)) expect(layers.map(({ summary }) => summary)).toContain('Cancelled')
      await expect.poll(() => proxy.open(), { timeout: 3000 }).toBe(0)
    } finally {
      await proxy.close()
    }
  })

  it.each(WHILE_READING[provider])(
    'after %i bytes is left at once when its contents are given up',
    async (bytes) => {
      const proxy = await fallingSilent(portOf(provider), bytes)
      const over = new AbortController()
      try {
        const reading = readContents(realMachine(), target(provider, proxy.port), { signal: over.signal })
        setTimeout(() => over.abort(), 500)
        await expect(reading).rejects.toMatchObject({ problem: { code: /^database\./ } })
        await expect.poll(() => proxy.open(), { timeout: 3000 }).toBe(0)
      } finally {
        await proxy.close()
      }
    },
  )

  it('after everything is not waited for', async () => {
    const proxy = await fallingSilent(portOf(provider), 1_000_000)
    try {
      const { schema } = await readContents(realMachine(), target(provider, proxy.port))
      expect(schema).toBe('none')
      await expect.poll(() => proxy.open(), { timeout: 3000 }).toBe(0)
    } finally {
      await proxy.close()
    }
  })
})
