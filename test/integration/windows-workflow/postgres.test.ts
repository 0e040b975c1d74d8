import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { administratorOf, type NewDatabaseAnswers } from '../../../build/windows/database-access.ts'
import { databasesAndLogins, holdLesserLogin } from '../../../build/windows/new-database.ts'
import { answersFor } from '../../../build/windows/variants.ts'
import { serverIn } from '../../../build/windows/server.ts'
import { answersSchema, type Answers } from '../../../electron/contract/answers.ts'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { script, workFolder, type Work } from './scripts.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let work: Work
let postgres: Postgres

beforeAll(async () => {
  work = await workFolder()
  postgres = await startPostgres({ folder: join(work.folder, 'server'), log: () => {} })
})
afterAll(async () => {
  await postgres.stop()
  await work.clean()
})

test('makes an empty database whose user may make tables, and answers that name no password', async () => {
  const args = ['--service', 'none', '--port', String(postgres.port), '--user', postgres.user]
  const { code, output } = await script(
    'postgres.ts',
    ['--work', work.folder, ...args, '--database', 'identity-workflow'],
    { PGPASSWORD: postgres.password.open() },
  )
  expect(code, output).toBe(0)
  const text = await readFile(join(work.folder, 'postgres.json'), 'utf8')
  const database = JSON.parse(text) as Extract<Answers['database'], { from: 'fields' }>
  const password = await readFile(database.password.slice('file:'.length), 'utf8')
  expect(text + output).not.toContain(password)

  const { user, server: host, port } = database
  const client = new Client({ user, host, port: port!, database: database.database, password })
  await client.connect()
  await client.query('CREATE TABLE proof (id int)')
  await client.end()

  const server = await serverIn(work.folder, false)
  const { archive } = work
  const wishes = { variant: 'http', name: 'Workflow', archive, httpPort: 8090, httpsPort: 8443 } as const
  const made = JSON.parse(
    await readFile(join(work.folder, 'identity-workflow-new.json'), 'utf8'),
  ) as Answers['database']
  for (const each of [database, made])
    expect(answersSchema.safeParse(answersFor(server, { ...wishes, database: each })).error).toBeUndefined()
  const administrator = await administratorOf(made as NewDatabaseAnswers, 'postgres')
  expect(await databasesAndLogins(administrator)).toMatch(/^identity-workflow$(.|\n)*^identity-workflow$/m)
  await expect(holdLesserLogin(administrator)).rejects.toThrow('may do more than it needs')
})

test('a wrong password is an error and not waited for without end', async () => {
  const args = ['--service', 'none', '--port', String(postgres.port), '--user', postgres.user]
  const { code, output } = await script(
    'postgres.ts',
    ['--work', work.folder, ...args, '--database', 'other'],
    { PGPASSWORD: 'wrong' },
  )
  expect([code, output]).toEqual([1, expect.stringContaining('password authentication failed')])
})
