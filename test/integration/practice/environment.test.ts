import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realMachine } from '../../../electron/machine/real.ts'
import type { Practice } from '../../../electron/practice/environment.ts'
import { preparePractice } from '../../../electron/practice/environment.ts'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import type { Postgres } from '../../../electron/practice/postgres.ts'
import { keepPracticePort } from '../../practice-port.ts'
import { makePfx, removeFolder, start, temporaryFolder, writeSettings } from './service-under-test.ts'

let state: string
let practice: Practice | undefined
let dataFolder: string | undefined

/** PostgreSQL may move its data out of a folder that its user cannot reach; the test clears that away too. */
async function startAndRemember(options: Parameters<typeof startPostgres>[0]): Promise<Postgres> {
  const postgres = await startPostgres(options)
  dataFolder = postgres.folder
  return postgres
}

async function prepare(): Promise<Practice> {
  practice = await preparePractice(realMachine(), state, startAndRemember)
  return practice
}

beforeEach(async () => {
  state = await temporaryFolder()
})

afterEach(async () => {
  await practice?.stop()
  if (dataFolder !== undefined) await removeFolder(dataFolder)
  await removeFolder(state)
})

async function connectionIn(creatioFolder: string): Promise<string> {
  const text = await readFile(join(creatioFolder, 'ConnectionStrings.config'), 'utf8')
  return /name="db" connectionString="([^"]*)"/.exec(text)![1]!
}

test('everything lies below one folder that says what it is, and the database answers', async () => {
  const made = await prepare()
  for (const path of [made.archive, made.targetSuggestion, made.creatioFolder])
    expect(path.startsWith(join(state, 'practice'))).toBe(true)
  expect(await readFile(join(made.folder, 'PRACTICE.txt'), 'utf8')).toMatch(/^Practice/)
  expect((await readFile(made.archive)).subarray(0, 2).toString()).toBe('PK')

  const text = await connectionIn(made.creatioFolder)
  expect(text).toBe(made.connectionString.open())
  const part = (name: string) => new RegExp(`${name}=([^;]*)`).exec(text)![1]!
  const login = new pg.Client({
    host: part('Server'),
    port: Number(part('Port')),
    user: part('User ID'),
    password: part('Password'),
    database: part('Database'),
  })
  await login.connect()
  await login.end()
})

test('a second time finds the same: archive, database, port, although the service holds it', async () => {
  await keepPracticePort(state)
  const first = await prepare()
  const archive = await readFile(first.archive)
  const pfx = await makePfx(state, 'signing')
  await writeSettings(state, {
    DbProvider: 'Postgres',
    DatabaseConnectionString: first.connectionString.open(),
    X509CertificatePath: pfx,
  })
  const service = await start(state, first.servicePort)
  await first.stop()
  const second = await prepare()
  await service.stop()

  expect(second.servicePort).toBe(first.servicePort)
  expect(second.connectionString.equals(first.connectionString)).toBe(true)
  expect((await readFile(second.archive)).equals(archive)).toBe(true)
})

test('a port that someone else took is left to them', async () => {
  await keepPracticePort(state)
  const first = await prepare()
  const other = createServer((_, response) => response.end('something else'))
  await new Promise<void>((resolve) => other.listen(first.servicePort, '127.0.0.1', resolve))
  const second = await prepare()
  await new Promise((resolve) => other.close(resolve))
  expect(second.servicePort).not.toBe(first.servicePort)
})
