import { createHash } from 'node:crypto'
import { access, chmod, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { findPostgres, isReachable, serverUid, type PostgresBinaries } from './postgres-binaries.ts'
import { ensureDatabase, serves } from './postgres-database.ts'
import { freePort, halt, launch } from './postgres-process.ts'
import { readSettings, writeSettings } from './postgres-settings.ts'
import { runQuietly } from './run-quietly.ts'

const HOST = '127.0.0.1'
const USER = 'postgres'

export interface PostgresOptions {
  /** Made when missing; a second start finds the data, password and port of the first in it. */
  readonly folder: string
  /** Left out: the port of the earlier start, or a free one. */
  readonly port?: number
  /** Created when missing. Default `creatio`. */
  readonly database?: string
  /** PEM texts; left out, the server refuses TLS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Each line the server writes. */
  readonly log: (line: string) => void
}

export interface Postgres {
  readonly host: string
  readonly port: number
  readonly database: string
  /** A superuser. */
  readonly user: string
  readonly password: Secret
  /** In the spelling that Creatio uses. */
  readonly connectionString: Secret
  /** Where the data really lies: elsewhere than asked for when the server's user cannot get there. */
  readonly folder: string
  /** Stops the server, cutting open connections; the data stays. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL that listens on the loopback address only. Run as root, the server runs as `nobody`.
 * A server that still runs on the same folder (its starter was killed) is taken over.
 * @throws SetupError `practice.no-postgres`, `practice.postgres-failed`.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const uid = serverUid()
  const binaries = await findPostgres(uid)
  const folder = await homeOf(options.folder, uid)
  const kept = await readSettings(folder)
  // Each major version of PostgreSQL reads its own data only.
  const data = join(folder, `data-${binaries.major}`)
  if (!(await exists(data))) await initialise(binaries, data, kept.password, uid)

  const { password } = kept
  const database = options.database ?? 'creatio'
  const runs =
    kept.port !== undefined && (await serves({ host: HOST, port: kept.port, user: USER, password }, data))
  const port = runs ? kept.port! : await freePort(HOST, options.port ?? kept.port)
  if (options.port !== undefined && port !== options.port) throw portTaken(options.port)

  const server = { binaries, data, host: HOST, port, uid }
  if (!runs) {
    await writeSettings(folder, { port, password })
    const settings = options.tls ? await tlsSettings(folder, options.tls, uid) : []
    await launch({ ...server, settings, log: options.log })
  }
  await ensureDatabase({ host: HOST, port, user: USER, password }, database)
  const connectionString = new Secret(
    `Server=${HOST};Port=${port};Database=${database};User ID=${USER};Password=${password.open()};`,
  )
  const stop = (): Promise<void> => halt(server)
  return { host: HOST, port, database, user: USER, password, connectionString, folder, stop }
}

/** Stops the server of a folder that `startPostgres` was given, if one runs; its data stays. */
export async function stopPostgres(folder: string): Promise<void> {
  const uid = serverUid()
  const binaries = await findPostgres(uid)
  const data = join(await homeOf(folder, uid), `data-${binaries.major}`)
  if (await exists(data)) await halt({ binaries, data, uid })
}

/** The folder itself, or one below the temporary folder when the server's user could not get down to it. */
async function homeOf(wanted: string, uid: number | undefined): Promise<string> {
  const folder = resolve(wanted)
  await mkdir(folder, { recursive: true })
  if (uid === undefined) return folder
  const home = (await isReachable(dirname(folder))) ? folder : shelterFor(folder)
  await mkdir(home, { recursive: true })
  await chmod(home, 0o711)
  return home
}

function shelterFor(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return join(tmpdir(), `identity-setup-data-${name}`)
}

/** Makes a data folder beside its place and moves it there when it is complete. */
async function initialise(
  binaries: PostgresBinaries,
  data: string,
  password: Secret,
  uid: number | undefined,
): Promise<void> {
  const staging = `${data}.new`
  const passwordFile = `${data}.password`
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { mode: 0o700 })
  await writeFile(passwordFile, password.open(), { mode: 0o600 })
  if (uid !== undefined) for (const path of [staging, passwordFile]) await chown(path, uid, uid)
  const args = ['-D', staging, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  const made = await runQuietly(binaries.initdb, [...args, '-E', 'UTF8', '--no-locale', '--no-sync'], { uid })
  await rm(passwordFile)
  if (made.exitCode !== 0)
    throw new SetupError({
      code: 'practice.postgres-failed',
      what: 'The PostgreSQL of the practice run could not prepare its data folder.',
      where: { file: data },
      next: 'Check that the folder can be written and the volume has 100 MB free.',
      details: made.output.split('\n').slice(-10),
    })
  await rename(staging, data)
}

/** Writes the key and certificate where only the server's user can read them. */
async function tlsSettings(
  folder: string,
  tls: { readonly key: string; readonly cert: string },
  uid: number | undefined,
): Promise<string[]> {
  const files = { ssl_key_file: join(folder, 'tls.key'), ssl_cert_file: join(folder, 'tls.crt') }
  await writeFile(files.ssl_key_file, tls.key, { mode: 0o600 })
  await writeFile(files.ssl_cert_file, tls.cert, { mode: 0o644 })
  if (uid !== undefined) await chown(files.ssl_key_file, uid, uid)
  return ['ssl=on', ...Object.entries(files).map(([setting, file]) => `${setting}=${file}`)]
}

function portTaken(port: number): SetupError {
  return new SetupError({
    code: 'practice.postgres-port',
    what: `Port ${port} of this machine is in use by another program.`,
    next: 'Choose another port for the PostgreSQL of the practice run.',
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
