import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { holdChanged } from '../../../build/windows/client-footprint.ts'
import { writeNewDatabase } from '../../../build/windows/new-database.ts'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { filesHolding } from '../../system/support/secrets.ts'
import { freePort } from '../../free-port.ts'
import { script, workFolder, type Work } from './scripts.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const NAME = 'Workflow-client'
const DATABASE = 'identity-new'
let work: Work
let postgres: Postgres

beforeAll(async () => {
  work = await workFolder()
  postgres = await startPostgres({ folder: join(work.folder, 'server'), log: () => {} })
  const { port, user, password } = postgres
  const server = { provider: 'PostgreSQL', server: '127.0.0.1', port } as const
  await writeNewDatabase(work.folder, DATABASE, { ...server, user, password: password.open() })
})
afterAll(async () => {
  await postgres.stop()
  await work.clean()
})

test('with a database that is made, the client is changed twice, proven, and all of it taken back', async () => {
  const about = ['--name', NAME, '--archive', work.archive, '--http-port', String(await freePort())]
  const database = ['--database', join(work.folder, `${DATABASE}.json`)]
  const args = ['--work', work.folder, ...about, ...database, '--practice']
  const { code, output } = await script('change-client.ts', args)
  expect(code, output).toBe(0)
  const [first, second] = [...output.matchAll(/^Checked: (\S+) gets a token/gm)]
    .map(([, id]) => id!)
    .toReversed()
  expect(output.match(/^Checked: .*$/gm)).toEqual([
    'Checked: database test, look and grants, whose SQL the server takes.',
    `Checked: ${second} gets a token, ${first} does not.`,
    `Checked: ${second} gets a token, ${first} does not.`,
    'Checked: Taking the scopes back left nothing behind.',
    `Checked: ${second} gets a token, ${first} does not.`,
    'Checked: Taking the client back left nothing behind.',
    `Checked: ${first} gets a token, ${second} does not.`,
    'Checked: Taking it back left nothing behind.',
  ])
  const kept = await readdir(join(work.folder, 'artifacts'))
  const reports = ['id-and-secret', 'scopes'].map((what) => `${NAME}-${what}.html`)
  expect(kept).toEqual(expect.arrayContaining([...reports, `${NAME}-grants.sql`, 'journals']))
})

test('what is kept holds neither the secret of the client nor a password', async () => {
  const secret = await readFile(join(work.folder, `${NAME}-client.secret`), 'utf8')
  expect(secret).toHaveLength(32)
  const kept = join(work.folder, 'artifacts')
  expect(await filesHolding(kept, [secret, postgres.password.open()])).toEqual([])
})

test('a change that changed too much or too little is named', () => {
  const due = ['rows of clients', 'settings']
  expect(() => holdChanged('A change', due.toReversed())).not.toThrow()
  expect(() => holdChanged('A change', [...due, 'websites'])).toThrow('websites instead of rows of clients')
  expect(() => holdChanged('A change', [])).toThrow('A change changed nothing instead of')
})
