import type { ConnectionPool } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import type { Made, NewDatabase } from '../new-database.ts'
import { IS_TABLES } from '../identity-tables.ts'
import { DROP_DATABASE, DROP_LOGIN, LOOK_INSIDE, PRESENT, SESSIONS } from './create-statements.ts'
import { numberOf, wordsOf } from './explain.ts'
import { bracketed } from './names.ts'

const HISTORY = '__EFMigrationsHistory'
/** https://learn.microsoft.com/sql/t-sql/statements/drop-login-transact-sql */
const LOGGED_IN = 15_434

/**
 * Takes back what was made; parts that are not there are no error.
 * @throws SetupError `database.not-dropped`
 */
export async function dropMssql(pool: ConnectionPool, wanted: NewDatabase, made: Made): Promise<void> {
  const { database, user } = wanted
  const ask = <Row>(sql: string, names: readonly ('database' | 'user')[]): Promise<readonly Row[]> => {
    const request = pool.request()
    for (const name of names) request.input(name, wanted[name])
    return request.query<Row>(sql).then(({ recordset }) => recordset ?? [])
  }
  try {
    const [present] = await ask<{ database: boolean; login: boolean }>(PRESENT, ['database', 'user'])
    if (made.database && present?.database) {
      const tables = (await ask<{ name: string }>(LOOK_INSIDE, ['database'])).map(({ name }) => name)
      const strange = tables.filter((name) => !IS_TABLES.includes(name) && name !== HISTORY)
      if (strange.length > 0)
        throw stays(database, `It holds tables of others: ${strange.slice(0, 5).join(', ')}.`)
      const sessions = (await ask<{ login: string }>(SESSIONS, ['database', 'user'])).map(
        ({ login }) => login,
      )
      if (sessions.length > 0) throw stays(database, `Others are connected to it: ${sessions.join(', ')}.`)
      await ask(DROP_DATABASE, ['database'])
    }
    if (made.login && present?.login)
      await ask(DROP_LOGIN, ['user']).catch((error: unknown) => {
        throw numberOf(error) === LOGGED_IN ? inUse(wanted, made, error) : error
      })
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError(
      {
        code: 'database.not-dropped',
        what: `What was created for ${user} cannot be taken back.`,
        next: `Let an administrator of the server drop the database ${database} and the login ${user}.`,
        details: [wordsOf(error)],
      },
      { cause: error },
    )
  }
}

function inUse({ user }: NewDatabase, made: Made, error: unknown): SetupError {
  return new SetupError(
    {
      code: 'database.not-dropped',
      what: `The login ${user} is not dropped: somebody is logged in with it.`,
      cause: 'SQL Server drops no login that is in use, such as by a service that still runs.',
      next: 'End what uses it, and take this back again; or let an administrator of the server run the SQL.',
      untouched: `The login was left as it is${made.database ? '; its database is gone' : ''}.`,
      details: [wordsOf(error), `DROP LOGIN ${bracketed(user)};`],
    },
    { cause: error },
  )
}

function stays(database: string, cause: string): SetupError {
  return new SetupError({
    code: 'database.not-dropped',
    what: `The database ${database} is not dropped.`,
    cause,
    next: 'Let an administrator of the server decide what becomes of it.',
    untouched: 'The database and its login were left as they are.',
  })
}
