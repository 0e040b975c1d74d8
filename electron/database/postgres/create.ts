import type { Client } from 'pg'
import { SetupError, type Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { CreateOptions, DatabaseMaker, Made, NewPart } from '../new-database.ts'
import type { DatabaseTarget } from '../target.ts'
import { administratorOf, codeOf, type Administrator } from './administrator.ts'
import { dropPostgres } from './drop.ts'
import { judgeNew, standingOf } from './new-look.ts'
import {
  createDatabaseStatement,
  createRole,
  databaseRights,
  newStatements,
  schemaRights,
} from './new-statements.ts'
import { quotedName, quotedText } from './names.ts'
import { sameForAll, scramVerifier } from './scram.ts'

/** Databases and logins of PostgreSQL. */
export const postgresMaker: DatabaseMaker = {
  look: async (machine, admin, wanted) => {
    const standing = await administratorOf(machine, admin).within((client) => standingOf(client, wanted))
    return judgeNew(standing, wanted)
  },
  create: createPostgres,
  drop: dropPostgres,
  statements: newStatements,
}

async function createPostgres(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: CreateOptions,
  onEffect: (part: NewPart) => Promise<void>,
): Promise<Made> {
  const { database, user, password, earlier = { login: false, database: false } } = wanted
  if (!sameForAll(password)) throw new SetupError(passwordProblem(user))
  const administrator = administratorOf(machine, admin)
  const made = await administrator.within(async (client) => {
    const standing = await standingOf(client, wanted)
    const [problem] = judgeNew(standing, wanted).problems
    if (problem) throw new SetupError(problem)
    if (standing.database && !earlier.database) throw new SetupError(databaseExists(database))
    if (standing.login && !earlier.login) await takesPassword(administrator, wanted)

    const verifier = await scramVerifier(password)
    if (!standing.login) {
      await onEffect('login')
      await attempt(`The login ${user}`, client.query(createRole(wanted, verifier)))
    } else if (earlier.login) {
      const sql = `ALTER ROLE ${quotedName(user)} PASSWORD ${quotedText(verifier)}`
      await attempt(`The login ${user}`, client.query(sql))
    }
    if (!standing.database) {
      await onEffect('database')
      await attempt(`The database ${database}`, makeDatabase(client, wanted))
    }
    await attempt(`The database ${database}`, runAll(client, databaseRights(wanted)))
    return { login: !standing.login || earlier.login, database: true }
  })
  await administrator.within(async (client) => {
    await attempt('The schema public', runAll(client, schemaRights(wanted)))
    // Whoever may not grant gets a warning from the server and no error.
    const sql = `select has_schema_privilege($1, 'public', 'CREATE') and has_schema_privilege($1, 'public', 'USAGE') as yes`
    const may = await client.query<{ yes: boolean }>(sql, [user])
    if (!may.rows[0]!.yes) throw noSchemaRights(user)
  }, database)
  return made
}

async function makeDatabase(client: Client, wanted: CreateOptions): Promise<void> {
  const sql = createDatabaseStatement(wanted)
  try {
    await client.query(sql)
  } catch (error) {
    // The server's own collation is of another encoding; C goes with every one.
    if (codeOf(error) !== '22023') throw error
    await client.query(`${sql} LC_COLLATE 'C' LC_CTYPE 'C'`)
  }
}

async function runAll(client: Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement)
}

/** @throws SetupError `database.login-exists` when the login that is there has another password or may not log in */
async function takesPassword(
  administrator: Administrator,
  { user, password }: Pick<CreateOptions, 'user' | 'password'>,
): Promise<void> {
  try {
    await administrator.tryLogin({ user, password })
  } catch (error) {
    const words = (error as SetupError).problem.what
    // 28000 is also the word for an address that is not allowed, which says nothing of the password.
    const refused = codeOf(error) === '28P01' || (codeOf(error) === '28000' && !/from elsewhere/.test(words))
    if (refused) throw new SetupError(loginExists(user), { cause: error })
    // 42501 and 3D000 come after the password was taken.
    if (!['42501', '3D000', '28000', '53300'].includes(codeOf(error) ?? '')) throw error
  }
}

/** @throws SetupError `database.not-made` */
async function attempt(what: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    throw new SetupError(
      {
        code: 'database.not-made',
        what: `${what} could not be made.`,
        next: 'Show the server’s words to the people who look after the database.',
        details: [code ? `ERROR ${code}: ${message}` : message],
      },
      { cause: error },
    )
  }
}

function passwordProblem(user: string): Problem {
  return {
    code: 'database.password',
    what: `The password for ${user} is empty, or has characters that programs read in different ways.`,
    next: 'Choose a password of letters, digits and signs of the keyboard.',
    untouched: 'Nothing was made.',
  }
}

function databaseExists(database: string): Problem {
  return {
    code: 'database.exists',
    what: `There is a database ${database} already.`,
    next: 'Choose another name, or enter that database as one that is there.',
    untouched: 'Nothing was made or changed.',
  }
}

function loginExists(user: string): Problem {
  return {
    code: 'database.login-exists',
    what: `There is a login ${user} already, and it is not let in with this password.`,
    next: 'Enter the password that it has, or choose another name for the login.',
    untouched: 'Nothing was made or changed.',
  }
}

function noSchemaRights(user: string): SetupError {
  return new SetupError({
    code: 'database.not-made',
    what: `The login ${user} could not be given its rights in the schema public.`,
    cause: 'The schema belongs to another role than this administrator’s.',
    next: 'Give the login of a superuser.',
  })
}
