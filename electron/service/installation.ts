import { createHash } from 'node:crypto'
import { join, resolve, win32 } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'

/** Where an installed service stands and how it is reached. No secrets: those stay in the service's own files. */
export interface Installation {
  readonly version: 1
  /** Made from the target folder, so that a folder has one record. */
  readonly id: string
  readonly name: string
  readonly hosting: 'iis' | 'docker'
  /** Under the simulated Windows. */
  readonly practice?: true
  readonly target: string
  readonly settings: string
  readonly pfx: string
  /** PEM of the HTTPS certificate, to be trusted when the service is asked. */
  readonly tlsCertificate?: string
  readonly publicUrl: string
  /** The address by which this machine reaches it. */
  readonly localUrl: string
  readonly clientId: string
  /** The database server as this machine reaches it, where the service has to use another name. */
  readonly databaseServer?: string
  readonly container?: string
  readonly website?: {
    readonly site: string
    readonly pool: string
    /** The account of the worker processes. */
    readonly account: { readonly sid: string; readonly name: string }
    /** Path of its stdout log files without time and ending. */
    readonly stdoutLog: string
    readonly redirectSite?: string
    /** The endpoint of HTTP.sys that has the HTTPS certificate. */
    readonly endpoint?: string
  }
  readonly installedAt: string
}

/** The id of the installation in a folder. */
export function installationId(target: string): string {
  return createHash('sha256').update(target).digest('hex').slice(0, 12)
}

/** Where an installation's record stands. */
export function installationFile(stateFolder: string, id: string): string {
  return join(stateFolder, 'installations', `${id}.json`)
}

/** All installations this user's program knows of; a record that cannot be read is left out. */
export async function listInstallations(
  machine: Machine,
  stateFolder: string,
): Promise<readonly Installation[]> {
  const names = await machine.files.list(join(stateFolder, 'installations'))
  const records = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map((name) => readInstallation(machine, stateFolder, name.slice(0, -5))),
  )
  return records.filter((record) => record !== undefined)
}

/** One installation's record, or undefined when there is none or it cannot be read. */
export async function readInstallation(
  machine: Machine,
  stateFolder: string,
  id: string,
): Promise<Installation | undefined> {
  const bytes = await machine.files.read(installationFile(stateFolder, id))
  if (!bytes) return undefined
  try {
    const record = JSON.parse(Buffer.from(bytes).toString('utf8')) as Installation
    return record.version === 1 ? record : undefined
  } catch {
    return undefined
  }
}

/** The installation in a folder. Rejects with `installation.unknown` when this program did not set one up there. */
export async function installationIn(
  machine: Machine,
  stateFolder: string,
  target: string,
): Promise<Installation> {
  const record =
    (await readInstallation(machine, stateFolder, installationId(target))) ??
    (await listInstallations(machine, stateFolder)).find((each) => isFolder(machine, each.target, target))
  if (record) return record
  throw new SetupError({
    code: 'installation.unknown',
    what: 'This program has no record of an installation in this folder.',
    where: { file: target },
    next: 'Name the folder the service was installed into, or give the answer file.',
  })
}

/** Whether two paths spell the same folder: with a slash at the end and, on Windows, in any case. */
function isFolder({ platform }: Machine, a: string, b: string): boolean {
  const plain = (path: string) => (platform === 'win32' ? win32.resolve(path).toLowerCase() : resolve(path))
  return plain(a) === plain(b)
}
