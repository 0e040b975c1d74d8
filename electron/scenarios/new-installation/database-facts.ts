import type { Answers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import {
  parseConnectionString,
  printConnectionString,
  secretsIn,
  type ConnectionParts,
} from '../../database/connection/connection-string.ts'
import { hiddenParts } from '../../database/connection/hidden-parts.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { creatioDatabase } from './creatio-database.ts'
import { at, partsOfFields } from './database-fields.ts'
import type { DatabaseSources } from './database-sources.ts'
import { newDatabaseOf } from './new-database-facts.ts'

/**
 * The database that the answers name, as this machine reaches it; for `from: "new"` as the service will.
 * @throws SetupError with the answer's path: `secret.missing`, `database.*`, `creatio.*`
 */
export async function databaseOf(answers: Answers, sources: DatabaseSources): Promise<DatabaseTarget> {
  const { drivers, hide } = sources
  const target = await find(answers, sources).catch((error: unknown) => {
    if (!(error instanceof SetupError) || error.problem.where?.path !== undefined) throw error
    throw at(error.problem, pathOf(answers))
  })
  hide(...hiddenParts(target.connectionString))
  const parts = parsed(target, pathOf(answers))
  hide(...secretsIn(parts))
  const [problem] = problemsIn(parts)
  if (problem) throw at(problem, pathOf(answers))
  refuseWindowsLogin(answers, parts)
  return drivers ? { ...target, drivers } : target
}

async function find(answers: Answers, sources: DatabaseSources): Promise<DatabaseTarget> {
  const { database, creatio } = answers
  const { references } = sources
  switch (database.from) {
    case 'practice':
      return { provider: 'PostgreSQL', connectionString: sources.practice ?? noPractice() }
    case 'creatio':
      return creatioDatabase(database, creatio?.folder ?? '', sources)
    case 'connection-string': {
      const { provider, connectionString } = database
      const text = await references.open(connectionString, 'database.connectionString', hiddenParts)
      return { provider, connectionString: text }
    }
    case 'fields': {
      const { provider, port, options = '', ...named } = database
      const password = await references.open(database.password, 'database.password')
      const fields = { ...named, provider, options, ...(port === undefined ? {} : { port }) }
      const parts = partsOfFields(fields, password, 'database')
      return { provider, connectionString: printConnectionString(parts) }
    }
    case 'new':
      return (await newDatabaseOf(database, sources)).target
  }
}

/** Where the installer corrects what is wrong with the whole of it. */
function pathOf({ database }: Answers): string {
  return database.from === 'connection-string' ? 'database.connectionString' : 'database'
}

function parsed({ connectionString, provider }: DatabaseTarget, path: string): ConnectionParts {
  try {
    return parseConnectionString(connectionString, provider)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    throw at(error.problem, path)
  }
}

/** `Integrated Security` in a Linux container needs Kerberos with a keytab, which the vendor's image does not bring. */
function refuseWindowsLogin(answers: Answers, { windowsLogin }: ConnectionParts): void {
  if (!windowsLogin || answers.hosting !== 'docker') return
  throw at(
    {
      code: 'database.windows-login',
      what: 'The connection string asks for a Windows login, and a service in a Linux container has none.',
      cause:
        '“Integrated Security” would log in as the account of the container, which the domain does not know.',
      next: 'Use a SQL login (user and password), or install the service under IIS.',
    },
    pathOf(answers),
  )
}

function noPractice(): never {
  throw new SetupError({
    code: 'practice.no-database',
    what: 'The practice run’s own database is not running.',
    where: { path: 'database.from' },
    next: 'Start the practice run again.',
  })
}
