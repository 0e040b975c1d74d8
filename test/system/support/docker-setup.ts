import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { buildIdentityService } from './archive.ts'
import { commandLine, type Ended } from './command-line.ts'
import { docker, reachableFromContainers, type Bridge } from './docker.ts'
import { freePort } from '../../free-port.ts'

/** What a test changes of the answers, laid over them level by level; `undefined` takes an answer out. */
type Change = { readonly [name: string]: unknown }

type RunOptions = Omit<Parameters<typeof commandLine>[1], 'env'> & {
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** One database and one archive for the installations of a file of tests. */
export class DockerSetup {
  readonly folder: string
  readonly archive: string
  /** The published service, not packed: read it, never write into it. */
  readonly program: string
  readonly database: Postgres
  readonly bridge: Bridge
  readonly #installations: Installation[] = []

  private constructor(
    folder: string,
    service: { readonly archive: string; readonly folder: string },
    database: Postgres,
    bridge: Bridge,
  ) {
    this.folder = folder
    this.archive = service.archive
    this.program = service.folder
    this.database = database
    this.bridge = bridge
  }

  static async start(): Promise<DockerSetup> {
    const folder = await mkdtemp(join(tmpdir(), 'install-docker-'))
    const [service, database] = await Promise.all([
      buildIdentityService(),
      startPostgres({ folder: join(folder, 'postgres'), log: () => {} }),
    ])
    return new DockerSetup(folder, service, database, await reachableFromContainers(database.port))
  }

  /** A new installation with an empty database, folders, names and ports of its own. */
  async installation(): Promise<Installation> {
    const name = `identity-test-${randomBytes(4).toString('hex')}`
    await this.sql(`CREATE DATABASE "${name}"`, this.database.database)
    const made = new Installation(this, name, await freePort())
    this.#installations.push(made)
    return made
  }

  async sql(text: string, database: string): Promise<readonly Record<string, unknown>[]> {
    const { host, port, user, password } = this.database
    const client = new Client({ host, port, user, password: password.open(), database })
    await client.connect()
    try {
      return (await client.query(text)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }

  async stop(): Promise<void> {
    for (const { name } of this.#installations) {
      await docker('rm', '-f', name, `${name}-previous`).catch(() => '')
      await docker('rmi', '-f', name).catch(() => '')
    }
    await this.bridge.close()
    await this.database.stop()
    await rm(this.database.folder, { recursive: true, force: true })
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** What one test installs. */
export class Installation {
  /** Of the container, the image, the database and the folders. */
  readonly name: string
  readonly port: number
  readonly target: string
  readonly state: string
  readonly #setup: DockerSetup

  constructor(setup: DockerSetup, name: string, port: number) {
    this.#setup = setup
    this.name = name
    this.port = port
    this.target = join(setup.folder, name, 'IdentityService')
    this.state = join(setup.folder, `${name}-state`)
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** Writes an answer file and gives its path. */
  async answers(change: Change = {}): Promise<string> {
    const { database, bridge, archive, folder } = this.#setup
    const answers: Change = {
      version: 1,
      scenario: 'new-installation',
      hosting: 'docker',
      service: { source: archive, target: this.target },
      database: {
        from: 'fields',
        provider: 'PostgreSQL',
        server: database.host,
        port: database.port,
        database: this.name,
        user: database.user,
        password: 'env:TEST_DB_PASSWORD',
      },
      client: { id: 'generate', name: 'Creatio', secret: 'generate' },
      certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 365 },
      container: {
        name: this.name,
        image: `${this.name}:latest`,
        settings: 'mounted-file',
        httpPort: this.port,
        databaseServer: bridge.host,
        restart: 'no',
      },
      publicUrl: this.url,
      logging: { level: 'Warning', stdout: false },
    }
    const file = join(folder, `${this.name}.json`)
    await writeFile(file, JSON.stringify(laidOver(answers, change)))
    return file
  }

  /** Runs the command line with this installation's state folder and the database's password at hand. */
  run(args: readonly string[], { env = {}, ...options }: RunOptions = {}): Promise<Ended> {
    const own = {
      IDENTITY_SETUP_STATE: this.state,
      TEST_DB_PASSWORD: this.#setup.database.password.open(),
      DOCKER_BUILDKIT: '0',
    }
    return commandLine(args, { ...options, env: { ...own, ...env } })
  }

  /** Everything that a second run must leave alone: files with their times, the container, the image. */
  async snapshot(): Promise<unknown> {
    return {
      files: [...(await listing(this.target)), ...(await listing(this.state))],
      container: await docker('inspect', '-f', '{{.Id}} {{.State.StartedAt}} {{.State.Status}}', this.name),
      image: await docker('image', 'inspect', '-f', '{{.Id}}', this.name),
    }
  }

  /** What of this installation is there: nothing after it was taken back. */
  async traces(): Promise<readonly string[]> {
    const folder = await stat(join(this.target, '..')).then(
      () => ['folder'],
      () => [],
    )
    const containers = await docker('ps', '-a', '--filter', `name=${this.name}`, '--format', '{{.Names}}')
    const images = await docker(
      'images',
      '--filter',
      `reference=*${this.name}*`,
      '--format',
      '{{.Repository}}',
    )
    // An engine lists an image under every name it has, and an equal one that is not ours may have been there before.
    return [...folder, ...`${containers}\n${images}`.split('\n').filter((line) => line.includes(this.name))]
  }
}

/** Every file below a folder, as a line with what identifies it. */
async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { mode, mtimeMs } = await stat(file)
      const hash = createHash('sha256').update(await readFile(file))
      return `${file} ${mode.toString(8)} ${mtimeMs} ${hash.digest('hex')}`
    }),
  )
}

function laidOver(base: Change, change: Change): Change {
  const both = { ...base, ...change }
  for (const [name, value] of Object.entries(change)) {
    const below = base[name]
    if (isRecord(value) && isRecord(below) && !('from' in value)) both[name] = laidOver(below, value)
  }
  return both
}

function isRecord(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
