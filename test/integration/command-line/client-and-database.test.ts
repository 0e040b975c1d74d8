import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { DatabaseLayer } from '../../../electron/contract/check.ts'
import type { ClientChangeView } from '../../../electron/contract/client.ts'
import type { DatabaseContentsView } from '../../../electron/contract/database.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { freePort } from '../../free-port.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { commandLine } from './command-line.ts'

/** A series of commands about the database and the client of one service of a practice run. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const SECRET = 'Canary-8-given.Secret_0123456789'
const PASSWORD = 'Canary;9="quoted'

let root: string
let state: string
let target: string

const env = {
  GIVEN: SECRET,
  SQL_SERVER: `Data Source=srv\\SQL2019;Initial Catalog=creatio;UserID=sa;Password='${PASSWORD}';Async=true`,
  LOCAL_DB: 'Server=(localdb)\\v11.0;Database=x;Integrated Security=true',
}

const run = async (...args: readonly string[]) => {
  const told = await commandLine(args, { state, env, cwd: root })
  for (const secret of [SECRET, PASSWORD]) expect(told.stdout + told.stderr).not.toContain(secret)
  return told
}

const json = async <T>(...args: readonly string[]): Promise<T> => {
  const { exitCode, stdout, stderr } = await run(...args, '--json')
  expect([exitCode, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as T
}

const shown = () => json<ClientChangeView>('client', 'show', '--target', target)

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'client-line-'))
  state = join(root, 'state')
  target = join(root, 'IdentityService')
  const { stdout } = await run('answers', '--hosting', 'practice')
  const example = JSON.parse(stdout) as Answers
  const website = { ...example.website!, http: { port: await freePort() } }
  await writeFile(join(root, 'answers.json'), JSON.stringify({ ...example, service: { target }, website }))
  const { exitCode, stderr } = await run('apply', 'answers.json')
  expect([exitCode, stderr]).toEqual([0, ''])
})

afterAll(async () => {
  await run('practice', 'stop')
  await rm(root, { recursive: true, force: true })
  await removeShelteredData(practiceData(state))
})

test('the database of an installation is tested, looked at, and its rights written down', async () => {
  const layers = await json<DatabaseLayer[]>('database', 'test', '--target', target)
  expect(layers.map(({ id, state: found }) => [id, found])).toEqual([
    ['name', 'passed'],
    ['tcp', 'passed'],
    ['tls', 'passed'],
    ['login', 'passed'],
    ['server', 'passed'],
    ['rights', 'passed'],
    ['schema', 'passed'],
  ])
  const { current } = await shown()
  // Its own client is known by its settings: nobody else's database is it.
  const own = await json<DatabaseContentsView>('database', 'look', '--target', target)
  expect(own.verdict).toBe('reuse')
  expect(own.clients.find(({ id }) => id === current)?.secret).toBe('matches')
  const look = ['database', 'look', 'answers.json', '--client', current]
  const wrong = await json<DatabaseContentsView>(...look, '--secret', 'env:GIVEN')
  expect(wrong.verdict).toBe('client-differs')
  expect(wrong.clients.find(({ id }) => id === current)?.secret).toBe('differs')

  const text = await run('database', 'grants', '--target', target)
  expect(text.stdout).toMatch(/GRANT .*CREATE.* ON SCHEMA/i)
  const file = await run('database', 'grants', '--target', target, '--out', 'grants.sql')
  expect(file.stdout).toContain('grants.sql')
  expect(await readFile(join(root, 'grants.sql'), 'utf8')).toBe(text.stdout)
})

test('a connection string that fails says where, and how it is mended', async () => {
  const { exitCode, stdout } = await run('database', 'test', '--connection-string', 'env:LOCAL_DB')
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/✖ failed {3}name +.*LocalDB/)
  expect(stdout.match(/– untried/g)).toHaveLength(6)
})

test('a connection string is inspected from the environment or standard input, never from an argument', async () => {
  const { exitCode, stdout } = await run('inspect', '--connection-string', 'env:SQL_SERVER')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Password: [hidden]')
  expect(stdout).toMatch(
    /Written for the service: .*User ID=sa;Password=.\[hidden\].*;|User ID=sa;Password=\[hidden\]/,
  )
  expect(stdout).toContain('“Async” is left out')
  const refused = await run('inspect', '--connection-string', 'env:LOCAL_DB')
  expect(refused.exitCode).toBe(3)
  const typed = await commandLine(['inspect', '--connection-string', 'stdin'], {
    state,
    stdin: `${env.SQL_SERVER}\n`,
  })
  expect(typed.stdout).toBe(stdout)
  const argument = await run('inspect', '--connection-string', env.SQL_SERVER)
  expect([argument.exitCode, argument.stderr]).toEqual([2, expect.stringContaining('env:NAME')])
  const both = await run('inspect', 'answers.json', '--connection-string', 'env:LOCAL_DB')
  expect(both.exitCode).toBe(2)
  const missing = await run('inspect', '--connection-string', 'env:NOT_THERE')
  expect(missing.exitCode).toBe(2)
})

test('client change --plan shows what would happen and changes nothing', async () => {
  const before = await shown()
  const wishes = [
    'client',
    'change',
    '--target',
    target,
    '--id',
    'generate',
    '--secret',
    'generate',
    '--plan',
  ]
  const view = await json<PlanView>(...wishes)
  expect(view.practice).toBe(true)
  expect(view.steps.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['back-up-client', 'write-settings', 'remove-client', 'take-up-client']),
  )
  const { stdout } = await run(...wishes)
  expect(stdout).toContain('"Clients"')
  expect(stdout).toContain('OAuth20IdentityServerClientId')
  expect(await shown()).toEqual(before)
})

test('client change gives the client another ID and secret, and undo brings the former one back', async () => {
  const before = await shown()
  const wishes = ['--id', 'Another-Client.1', '--secret', 'env:GIVEN', '--scopes', before.scopes[0]!.scope]
  const { exitCode, stdout, stderr } = await run(
    'client',
    'change',
    '--target',
    target,
    ...wishes,
    '--report',
    'r.html',
  )
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toContain('Client row: ')
  // Who has not looked at the plan reads beforehand what it means, and afterwards what is left to do.
  const [warned, begun] = [stdout.indexOf('! Creatio’s system settings have to follow'), stdout.indexOf('▸')]
  expect([warned > -1, warned < begun]).toEqual([true, true])
  expect(stdout).toContain('Left to do:\n')
  expect(stdout).toContain('OAuth20IdentityServerClientId: Another-Client.1')
  expect(stdout).toMatch(
    /In Creatio, change OAuth20IdentityServerClientId and OAuth20IdentityServerClientSecret/,
  )
  expect(await readFile(join(root, 'r.html'), 'utf8')).toContain('Another-Client.1')
  const after = await shown()
  expect(after.current).toBe('Another-Client.1')
  expect(after.clients.map(({ id }) => id)).not.toContain(before.current)
  const now = after.clients.find(({ id }) => id === after.current)!
  expect(now.row?.secret).toBe('matches')
  expect(now.row?.scopes).toEqual([before.scopes[0]!.scope])

  const undone = await run('undo', '--target', target)
  expect([undone.exitCode, undone.stderr]).toEqual([0, ''])
  expect(await shown()).toEqual(before)
  const verified = await run('verify', '--target', target)
  expect([verified.exitCode, verified.stderr]).toEqual([0, ''])
})

test('wishes that cannot be are refused before anything is changed', async () => {
  const before = [await shown(), await readdir(join(state, 'runs'))]
  const change = (...args: readonly string[]) => run('client', 'change', '--target', target, ...args)
  for (const args of [
    [],
    ['--id', 'short'],
    ['--secret', SECRET.slice(0, 3)],
    ['--grant-types', 'telepathy'],
    ['--scopes', 'has "quotes"'],
    ['--client', 'nobody-knows-it1', '--name', 'X'],
    ['--unknown'],
  ]) {
    const { exitCode, stderr } = await change(...args)
    expect([args, exitCode]).toEqual([args, 2])
    expect(stderr).toContain('✖')
  }
  const elsewhere = await run('client', 'change', '--target', root, '--name', 'X')
  expect(elsewhere.exitCode).toBe(3)
  expect(await run('client', 'show')).toMatchObject({ exitCode: 2 })
  expect(await run('database', 'look')).toMatchObject({ exitCode: 2 })
  expect(await run('database')).toMatchObject({ exitCode: 2 })
  expect([await shown(), await readdir(join(state, 'runs'))]).toEqual(before)
})
