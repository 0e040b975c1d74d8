import type { Made, NewDatabase, NewPart } from '../database/new-database.ts'
import type { Machine } from '../machine/machine.ts'
import { recordedRuns } from '../setup/journal.ts'

/** How to take back one part of a new database. No password in it. */
export interface MadePart {
  readonly part: NewPart
  readonly wanted: NewDatabase
  /** The folder of the service that it was made for. */
  readonly folder: string
  /** The login is this program’s own: so is whatever it has made in the database. */
  readonly ownLogin: boolean
}

/** The kind of the step whose undo records are {@link MadePart}s. */
export const CREATE_DATABASE = 'create-database'

/**
 * What setups into the same folder have made, or begun to make, of a database and its login, by their journals. What is
 * in none of them is somebody else's.
 */
export async function madeOf(
  machine: Machine,
  stateFolder: string,
  folder: string,
  wanted: NewDatabase,
): Promise<Made> {
  const { journals } = await recordedRuns(machine, stateFolder)
  const parts = journals
    .flatMap((journal) => journal.undoEntries())
    .filter(({ kind }) => kind === CREATE_DATABASE)
    .map(({ record }) => record as MadePart)
    .filter((made) => made.folder === folder && sameServer(made.wanted, wanted))
  return {
    login: parts.some((made) => made.part === 'login' && made.wanted.user === wanted.user),
    database: parts.some((made) => made.part === 'database' && made.wanted.database === wanted.database),
  }
}

/** Whether two databases are on one server, as the answers name it. */
export function sameServer(a: NewDatabase, b: NewDatabase): boolean {
  return a.provider === b.provider && a.server.toLowerCase() === b.server.toLowerCase() && a.port === b.port
}
