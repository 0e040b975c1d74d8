import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Postgres } from '../../../electron/practice/postgres.ts'
import { docker, type Bridge } from '../../system/support/docker.ts'
import { freePort } from '../../free-port.ts'

const root = resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

/** A place for one installation: names, folder, port and database that no other run has. */
export interface Place {
  readonly folder: string
  readonly target: string
  readonly name: string
  readonly port: number
  readonly database: string
}

export interface DockerSetup {
  readonly archive: string
  readonly postgres: Postgres
  readonly bridge: Bridge
  readonly folder: string
}

const PASSWORD = 'BENCH_DB_PASSWORD'

/** Prepares a place: both sides begin with an empty database and nothing of their names. */
export async function newPlace({ postgres, folder }: DockerSetup, label: string): Promise<Place> {
  const name = `setup-bench-${process.pid}-${label}`
  const database = name.replaceAll('-', '_')
  await command(postgres, `create database ${database}`)
  const home = join(folder, label)
  await mkdir(home)
  return { folder: home, target: join(home, 'IdentityService'), name, port: await freePort(), database }
}

/** Takes back everything a run may have left. */
export async function clear({ postgres }: DockerSetup, { name, folder, database }: Place): Promise<void> {
  await docker('rm', '-f', name).catch(() => undefined)
  await docker('rmi', '-f', `${name}:latest`).catch(() => undefined)
  await command(postgres, `drop database if exists ${database} with (force)`)
  await rm(folder, { recursive: true, force: true })
}

/** `identity-setup apply`, the built program as it ships. */
export async function apply(setup: DockerSetup, place: Place): Promise<void> {
  const answers = join(place.folder, 'answers.json')
  await writeFile(answers, JSON.stringify(answersFor(setup, place)))
  const env = {
    ...process.env,
    IDENTITY_SETUP_STATE: join(place.folder, 'state'),
    [PASSWORD]: setup.postgres.password.open(),
  }
  await run(process.execPath, [join(root, 'out/main/cli.js'), 'apply', answers], { env }).catch(said)
}

/** The same by a shell script. */
export async function byScript({ archive, postgres, bridge }: DockerSetup, place: Place): Promise<void> {
  const { database, target, name, port } = place
  const connection = `Server=${bridge.host};Port=${bridge.port};Database=${database};User ID=${postgres.user};Password=${postgres.password.open()}`
  const env = {
    ...process.env,
    DOCKER_BUILDKIT: '0',
    DB_CONNECTION: connection,
    CLIENT_ID: 'BenchClient00001',
    CLIENT_SECRET: 'BenchSecret000000000000000000001',
  }
  const script = join(root, 'test/bench/docker-baseline.sh')
  await run('sh', [script, archive, target, name, String(port)], { env }).catch(said)
}

function answersFor({ archive, postgres, bridge }: DockerSetup, place: Place): object {
  return {
    version: 1,
    scenario: 'new-installation',
    hosting: 'docker',
    service: { source: archive, target: place.target },
    database: {
      from: 'fields',
      provider: 'PostgreSQL',
      server: bridge.host,
      port: bridge.port,
      database: place.database,
      user: postgres.user,
      password: `env:${PASSWORD}`,
    },
    client: { id: 'generate', name: 'Creatio', secret: 'generate' },
    certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 },
    container: {
      name: place.name,
      image: `${place.name}:latest`,
      settings: 'mounted-file',
      httpPort: place.port,
      restart: 'unless-stopped',
    },
    publicUrl: `http://localhost:${place.port}`,
    logging: { level: 'Warning', stdout: false },
  }
}

async function command({ host, port, user, password }: Postgres, sql: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ host, port, user, password: password.open(), database: 'postgres' })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** What a command that failed had to say. */
function said(error: {
  readonly stdout?: string
  readonly stderr?: string
  readonly message: string
}): never {
  throw new Error([error.message, error.stdout, error.stderr].join('\n'))
}
