import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'

let folder: string
const running: Postgres[] = []
const lines: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice postgres ж '))
})

afterEach(async () => {
  for (const server of running.splice(0)) {
    await server.stop()
    await rm(server.folder, { recursive: true })
  }
  await rm(folder, { recursive: true, force: true })
  expect(lines.splice(0).join('\n')).not.toContain('never-logged')
})

async function start(at = folder, port?: number): Promise<Postgres> {
  const log = (line: string): void => void lines.push(line)
  const server = await startPostgres({ folder: at, log, ...(port === undefined ? {} : { port }) })
  running.push(server)
  return server
}

async function ask(server: Postgres, sql: string): Promise<unknown[]> {
  const { host, port, user, database } = server
  const client = new pg.Client({ host, port, user, database, password: server.password.open() })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('startPostgres', () => {
  it('gives back the data, the password and the port on a second start', async () => {
    const first = await start()
    await ask(first, 'create table kept (word text)')
    await ask(first, "insert into kept values ('still here')")
    await first.stop()
    const second = await start()
    expect(await ask(second, 'select word from kept')).toEqual([{ word: 'still here' }])
    expect(second.connectionString.open()).toBe(first.connectionString.open())
    running.shift()
  })

  it('asks for the password and listens on the loopback address only', async () => {
    const server = await start()
    const { host, port, user } = server
    const client = new pg.Client({ host, port, user, database: 'creatio', password: 'never-logged' })
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' })
    expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect((await stat(join(server.folder, 'server.json'))).mode & 0o777).toBe(0o600)
  })

  it.runIf(process.getuid?.() === 0)(
    'does not run as root, even below a folder closed to others',
    async () => {
      const closed = join(folder, 'closed')
      await mkdir(closed)
      await chmod(closed, 0o700)
      const server = await start(join(closed, 'data'))
      expect(server.folder).not.toContain('closed')
      const data = (await ask(server, 'show data_directory')) as { data_directory: string }[]
      const pid = (await readFile(join(data[0]!.data_directory, 'postmaster.pid'), 'utf8')).split('\n')[0]
      expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+65534/m)
    },
  )

  it('takes over the server of a starter that was killed', async () => {
    const module = fileURLToPath(new URL('../../../electron/practice/postgres.ts', import.meta.url))
    const script = `const { startPostgres } = await import(${JSON.stringify(module)})
      await startPostgres({ folder: ${JSON.stringify(folder)}, log: () => {} })
      process.kill(process.pid, 'SIGKILL')`
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    await new Promise((resolve) => starter.once('exit', resolve))
    const server = await start()
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    await expect(ask(server, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('refuses a port that another program holds', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => holder.once('listening', resolve))
    const { port } = holder.address() as { port: number }
    await expect(start(folder, port)).rejects.toMatchObject({ problem: { code: 'practice.postgres-port' } })
    holder.close()
  })
})
