import type { ConnectionPool } from 'mssql'
import { SetupError, type Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type {
  CreateOptions,
  DatabaseMaker,
  Made,
  NewDatabase,
  NewDatabaseLook,
  NewPart,
} from '../new-database.ts'
import type { DatabaseTarget } from '../target.ts'
import { asAdministrator } from './administrator.ts'
import { CREATE_DATABASE, CREATE_LOGIN, CREATE_USER, SET_PASSWORD } from './create-statements.ts'
import { dropMssql } from './drop.ts'
import { engineName, engineOf, engineRefusal, isSingleDatabase, type Engine } from './engine.ts'
import { numberOf, wordsOf } from './explain.ts'
import { rightsStatements } from './grants.ts'
import { bracketed } from './names.ts'
import { openMssql } from './open.ts'
import { mssqlSettings } from './settings.ts'

// Unverified on a real server: CREATE DATABASE and CREATE LOGIN as they are sent here.

const SCHEMA = 'dbo'
/** The longest password and name that SQL Server takes; of a longer one QUOTENAME makes nothing at all. */
const LONGEST = 128
const DATABASE_EXISTS = 1801
const LOGIN_EXISTS = 15025

interface Look {
  readonly database: boolean
  readonly login: boolean
  readonly may_create_database: boolean
  readonly may_create_login: boolean
  readonly windows_logins_only: boolean
}

const LOOK = `
  select cast(case when db_id(@database) is null then 0 else 1 end as bit) as [database],
         cast(case when exists (select 1 from sys.server_principals where name = @user) then 1 else 0 end as bit) as login,
         cast(coalesce(has_perms_by_name(null, null, 'CREATE ANY DATABASE'), 0) as bit) as may_create_database,
         cast(coalesce(has_perms_by_name(null, null, 'ALTER ANY LOGIN'), 0) as bit) as may_create_login,
         cast(serverproperty('IsIntegratedSecurityOnly') as bit) as windows_logins_only`

export const mssqlMaker: DatabaseMaker = {
  look: (machine, admin, wanted) =>
    asAdministrator(machine, admin, async (pool) => {
      const refusal = unfitEngine(await engineOf(pool))
      return refusal
        ? { database: 'absent', login: 'absent', problems: [refusal], notes: [] }
        : judged(await lookWith(pool, wanted), wanted)
    }),
  create: (machine, admin, wanted, onEffect) =>
    asAdministrator(machine, admin, (pool) => create(machine, admin, pool, wanted, onEffect)),
  drop: (machine, admin, wanted, made) =>
    asAdministrator(machine, admin, (pool) => dropMssql(pool, wanted, made)),
  statements: ({ database, user }) => [
    `CREATE LOGIN ${bracketed(user)} WITH PASSWORD = N'[hidden]';`,
    `CREATE DATABASE ${bracketed(database)};`,
    // USE looks for the database before anything of its batch has run.
    'GO',
    `USE ${bracketed(database)};`,
    `CREATE USER ${bracketed(user)} FOR LOGIN ${bracketed(user)} WITH DEFAULT_SCHEMA = ${bracketed(SCHEMA)};`,
    ...rightsStatements(user, SCHEMA),
  ],
}

async function lookWith(pool: ConnectionPool, { database, user }: NewDatabase): Promise<Look> {
  return (await pool.request().input('database', database).input('user', user).query<Look>(LOOK))
    .recordset[0]!
}

function judged(look: Look, { database, user }: NewDatabase): NewDatabaseLook {
  const problems: Problem[] = []
  if (look.database) problems.push(databaseExists(database))
  else if (!look.may_create_database)
    problems.push(lacksRight('CREATE ANY DATABASE', 'dbcreator', 'create databases'))
  if (!look.login && !look.may_create_login)
    problems.push(lacksRight('ALTER ANY LOGIN', 'securityadmin', 'create logins'))
  if (look.windows_logins_only)
    problems.push({
      code: 'database.windows-logins-only',
      what: 'The server takes Windows logins only.',
      cause: 'A login with a password, which is to be made for the service, could not be used.',
      next: 'Turn on “SQL Server and Windows Authentication mode” in the server’s properties, and restart the server.',
    })
  return {
    database: look.database ? 'present' : 'absent',
    login: look.login ? 'present' : 'absent',
    problems,
    notes: look.login
      ? [
          `The login ${user} is there already: it is used as it is, if it takes the password, and gets rights in the new database.`,
        ]
      : [],
  }
}

/** Why nothing can be made there; it is asked before anything else. */
function unfitEngine(engine: Engine): Problem | undefined {
  const refusal = engineRefusal(engine)
  if (refusal)
    return {
      code: 'database.server-unfit',
      what: `${refusal.summary}.`,
      ...(refusal.cause === undefined ? {} : { cause: refusal.cause }),
      next: refusal.remedy?.text ?? 'Name another server.',
      untouched: 'Nothing was created.',
    }
  if (!isSingleDatabase(engine)) return undefined
  return {
    code: 'database.server-unfit',
    what: `In ${engineName(engine)} this setup cannot make a database.`,
    cause: 'Each database there is by itself: no connection to one can make a user in another.',
    next: 'Make the database and a user with its rights in the Azure portal or with your own tools, then enter it here as a database that is there.',
    untouched: 'Nothing was created.',
  }
}

function lacksRight(right: string, role: string, what: string): Problem {
  return {
    code: 'database.administrator-lacks-right',
    what: `The administrator’s login may not ${what}.`,
    cause: `It has not the right ${right}, nor is it in the server role ${role}.`,
    next: 'Enter the login of an administrator of the server, or let one create the database.',
  }
}

function databaseExists(database: string): SetupError['problem'] {
  return {
    code: 'database.exists',
    what: `The server has a database ${database} already.`,
    next: 'Enter another name, or use the existing database by its own connection string.',
    untouched: 'The existing database was left as it is.',
  }
}

async function create(
  machine: Machine,
  admin: DatabaseTarget,
  pool: ConnectionPool,
  wanted: CreateOptions,
  onEffect: (part: NewPart) => Promise<void>,
): Promise<Made> {
  const { database, user, password, earlier } = wanted
  for (const [what, value] of [
    ['password', password.open()],
    ['database', database],
    ['user', user],
  ] as const)
    if (value.length > LONGEST || value === '') throw unfit(what)
  const refusal = unfitEngine(await engineOf(pool))
  if (refusal) throw new SetupError(refusal)
  const look = await lookWith(pool, wanted)
  if (look.database && !earlier?.database) throw new SetupError(databaseExists(database))
  if (!look.login) {
    await onEffect('login')
    await ask(pool, 'login', { user, password: password.open() }, CREATE_LOGIN)
  } else if (earlier?.login) await ask(pool, 'login', { user, password: password.open() }, SET_PASSWORD)
  else await mustTakePassword(machine, admin, wanted)
  const ownLogin = !look.login || earlier?.login === true
  if (!look.database) {
    await onEffect('database')
    await ask(pool, 'database', { database }, CREATE_DATABASE)
  }
  const rights = rightsStatements(user, SCHEMA).join('\n')
  await ask(pool, 'user', { database, user, schema: SCHEMA, rights }, CREATE_USER)
  return { login: ownLogin, database: true }
}

/** Logs in as the login that is there: to `master`, which every login may open. */
async function mustTakePassword(
  machine: Machine,
  admin: DatabaseTarget,
  { user, password }: CreateOptions,
): Promise<void> {
  const settings = { ...mssqlSettings(admin), database: 'master', user, password, windowsLogin: false }
  try {
    const pool = await openMssql(machine, settings, new AbortController().signal)
    await pool.close()
  } catch (error) {
    throw new SetupError(
      {
        code: 'database.login-exists',
        what: `The server has a login ${user} already, and it does not take the password given.`,
        next: 'Enter the password of that login, or another name for a new one.',
        untouched: 'The existing login was left as it is.',
        details: [wordsOf(error)],
      },
      { cause: error },
    )
  }
}

/** Runs a statement whose names and password travel as parameters. */
async function ask(
  pool: ConnectionPool,
  part: 'login' | 'database' | 'user',
  parameters: Readonly<Record<string, string>>,
  sql: string,
): Promise<void> {
  const request = pool.request()
  for (const [name, value] of Object.entries(parameters)) request.input(name, value)
  try {
    await request.query(sql)
  } catch (error) {
    throw notMade(part, parameters, error)
  }
}

function notMade(
  part: 'login' | 'database' | 'user',
  { database = '', user = '', password }: Readonly<Record<string, string>>,
  error: unknown,
): SetupError {
  const number = numberOf(error)
  if (number === DATABASE_EXISTS) return new SetupError(databaseExists(database), { cause: error })
  const what = {
    login: `The login ${user} cannot be created.`,
    database: `The database ${database} cannot be created.`,
    user: `The login ${user} cannot get its rights in the database ${database}.`,
  }[part]
  return new SetupError({
    code: number === LOGIN_EXISTS ? 'database.login-exists' : 'database.not-made',
    what,
    ...causeOf(number),
    next: nextOf(number),
    // The server’s words never hold the password; should they ever, it is not shown.
    details: [password ? wordsOf(error).replaceAll(password, '[hidden]') : wordsOf(error)],
  })
}

/** https://learn.microsoft.com/sql/relational-databases/security/password-policy */
function isPolicy(number: number | undefined): boolean {
  return number !== undefined && number >= 15_114 && number <= 15_119
}

function causeOf(number: number | undefined): { cause?: string } {
  if (isPolicy(number))
    return { cause: 'The password does not meet the password policy of Windows at the server.' }
  if (number === 262 || number === 15_247)
    return { cause: 'The administrator’s login lacks the right to do it.' }
  return {}
}

function nextOf(number: number | undefined): string {
  if (isPolicy(number))
    return 'Generate another password, with capital and small letters, digits and other characters.'
  return 'Show the server’s words to the people who look after it, or let them create the database.'
}

function unfit(what: 'password' | 'database' | 'user'): SetupError {
  const name = what === 'password' ? 'password' : `name of the ${what}`
  return new SetupError({
    code: 'database.not-made',
    what: `The ${name} is empty or has more than ${LONGEST} characters, which SQL Server does not take.`,
    next: `Enter another ${name}.`,
    untouched: 'Nothing was created.',
  })
}
