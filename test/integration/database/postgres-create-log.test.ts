import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { createDatabase, lookAtNewDatabase } from '../../../electron/database/create.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

it('the password never stands in the server’s log', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'database-log-'))
  const lines: string[] = []
  const logged = await startPostgres({ folder, log: (line) => lines.push(line) })
  const { host, port, user, password, database } = logged
  const client = new pg.Client({ host, port, user, database, password: password.open() })
  await client.connect()
  await client.query(`alter system set log_statement = 'all'`)
  await client.query('select pg_reload_conf()')
  await client.end()
  const wanted = {
    provider: 'PostgreSQL',
    server: host,
    port,
    database: 'identity',
    user: 'identity',
    options: '',
  } as const
  const target = { provider: 'PostgreSQL', connectionString: logged.connectionString } as const
  await expect
    .poll(async () => {
      await lookAtNewDatabase(realMachine(), target, wanted)
      return lines.some((line) => line.includes('password_encryption'))
    })
    .toBe(true)
  await createDatabase(
    realMachine(),
    target,
    { ...wanted, password: new Secret('canary-password') },
    async () => undefined,
  )
  await logged.stop()
  await rm(logged.folder, { recursive: true })
  expect(lines.join('\n')).toContain('CREATE ROLE')
  expect(lines.join('\n')).not.toContain('canary-password')
})
