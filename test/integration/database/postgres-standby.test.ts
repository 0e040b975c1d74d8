import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import { layer, states } from './fixtures.ts'

it('a connection test tells a read-only standby', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'database-standby-'))
  const primary = await startPostgres({ folder, log: () => undefined })
  await primary.stop()
  const data = (await readdir(folder)).find((name) => name.startsWith('data-'))!
  // https://www.postgresql.org/docs/current/hot-standby.html: the file alone makes a server a standby.
  await writeFile(join(folder, data, 'standby.signal'), '')
  const standby = await startPostgres({ folder, log: () => undefined })
  const layers = await testConnection(realMachine(), {
    provider: 'PostgreSQL',
    connectionString: standby.connectionString,
  })
  await standby.stop()
  await rm(folder, { recursive: true })
  expect(states(layers)).toMatch(/login passed, server failed, rights not-tried, schema not-tried$/)
  expect(layer(layers, 'server')).toMatchObject({
    summary: 'The server is a read-only standby',
    remedy: { text: 'Enter the primary server.' },
  })
})
