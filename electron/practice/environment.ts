import { join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { makePracticeArchive } from './archive.ts'
import { makePracticeCreatioFolder } from './creatio-folder.ts'
import type { startPostgres } from './postgres.ts'

/** The vendor's example port, and how many after it are tried. */
const FIRST_PORT = 8090
const PORTS = 100

const LABEL = `Practice
========
Everything below this folder belongs to practice runs of Identity Service Setup: an archive with no program in it, a
folder that stands for Creatio, a database with nothing of yours. Nothing here is used by a real installation.
The folder can be deleted when no practice service runs.
`

/** What a practice run starts from, in the words of the pages that ask for it. */
export interface Practice {
  /** Everything of the practice lies below it. */
  readonly folder: string
  readonly archive: string
  /** Where the service could be unpacked; not made here. */
  readonly targetSuggestion: string
  readonly creatioFolder: string
  /** Free, or held by this practice's own service from an earlier run. */
  readonly servicePort: number
  /** The practice database's, as `ConnectionStrings.config` in the Creatio folder holds it. */
  readonly connectionString: Secret
  /** Stops the database; all data stays for the next time. A practice service that was started goes on. */
  stop(): Promise<void>
}

/**
 * Makes all that a practice run needs below `stateFolder`: archive, Creatio folder, a running PostgreSQL, a port.
 * A second call finds the first one's database, password and port.
 * @throws SetupError of `machine.files` and of `startPostgres`; `practice.no-port`.
 */
export async function preparePractice(
  machine: Pick<Machine, 'files' | 'network'>,
  stateFolder: string,
  start: typeof startPostgres,
): Promise<Practice> {
  const { files } = machine
  const folder = join(stateFolder, 'practice')
  const archive = join(folder, 'IdentityService.zip')
  const creatioFolder = join(folder, 'Creatio')
  await files.makeFolder(folder)
  await files.write(join(folder, 'PRACTICE.txt'), LABEL)
  await makePracticeArchive(machine, archive)
  const servicePort = await choosePort(machine, join(folder, 'port.txt'))

  const log = logInto(files, join(folder, 'postgres.log'))
  const postgres = await start({ folder: join(folder, 'postgres'), log: log.add })
  try {
    await makePracticeCreatioFolder(machine, creatioFolder, postgres.connectionString)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  return {
    folder,
    archive,
    targetSuggestion: join(folder, 'IdentityService'),
    creatioFolder,
    servicePort,
    connectionString: postgres.connectionString,
    async stop() {
      await postgres.stop()
      await log.written()
    },
  }
}

/**
 * Keeps to the port of the last time while it is free or our own service holds it, so that the same answers find
 * everything as wanted.
 */
async function choosePort(
  { files, network }: Pick<Machine, 'files' | 'network'>,
  file: string,
): Promise<number> {
  const kept = Number(Buffer.from((await files.read(file)) ?? []).toString())
  if (kept > 0 && ((await network.portFree(kept, '127.0.0.1')) || (await isPracticeService(network, kept))))
    return kept
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port++)
    if (await network.portFree(port, '127.0.0.1')) {
      await files.write(file, String(port))
      return port
    }
  throw new SetupError({
    code: 'practice.no-port',
    what: `All ports from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} of this machine are in use.`,
    next: 'End a program that listens on one of them, then try again.',
  })
}

/** The practice service names itself in each answer, also in a 404. */
async function isPracticeService(network: Machine['network'], port: number): Promise<boolean> {
  const answer = await network.http(`http://127.0.0.1:${port}/`, { timeoutMs: 2_000 }).catch(() => undefined)
  return answer?.headers['server'] === 'Practice Identity Service'
}

/** Lines go to the file in the order they came; a log that cannot be written stops nothing. */
function logInto(files: Machine['files'], file: string) {
  let last: Promise<unknown> = Promise.resolve()
  return {
    add(line: string): void {
      last = last.then(() => files.append(file, `${line}\n`)).catch(() => undefined)
    },
    async written(): Promise<void> {
      await last
    },
  }
}
