import type { Machine } from '../machine/machine.ts'
import type {
  CreateOptions,
  DatabaseMaker,
  Made,
  NewDatabase,
  NewDatabaseLook,
  NewPart,
} from './new-database.ts'
import { postgresMaker } from './postgres/create.ts'
import { mssqlMaker } from './sql-server/create.ts'
import type { DatabaseTarget } from './target.ts'

/**
 * Whether database and login are there, and what keeps them from being made. Changes nothing.
 * @throws SetupError `database.open` when the administrator cannot log in
 */
export function lookAtNewDatabase(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: NewDatabase,
): Promise<NewDatabaseLook> {
  return makerOf(wanted).look(machine, admin, wanted)
}

/**
 * Makes the login and the database with just the rights that the service needs. A login that is there is used as it is,
 * if it takes the password; a database that is there is refused unless `earlier` says that it is this program's own.
 * @param onEffect awaited before each part is made, so that a journal knows of it whatever happens then
 * @returns what was made, or had been made by the interrupted run
 * @throws SetupError `database.open`, `database.exists`, `database.login-exists`, `database.not-made`
 */
export function createDatabase(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: CreateOptions,
  onEffect: (part: NewPart) => Promise<void>,
): Promise<Made> {
  return makerOf(wanted).create(machine, admin, wanted, onEffect)
}

/**
 * Takes back what {@link createDatabase} made. A database with tables of others or with sessions of others in it stays.
 * Parts that are not there (any more) are no error.
 * @throws SetupError `database.open`, `database.not-dropped`
 */
export function dropDatabase(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: NewDatabase,
  made: Made,
): Promise<void> {
  return makerOf(wanted).drop(machine, admin, wanted, made)
}

/** The SQL that {@link createDatabase} runs where nothing is there yet; the password reads `[hidden]`. */
export function statementsFor(wanted: NewDatabase): readonly string[] {
  return makerOf(wanted).statements(wanted)
}

function makerOf({ provider }: NewDatabase): DatabaseMaker {
  return provider === 'MsSqlServer' ? mssqlMaker : postgresMaker
}
