import type { Answers } from '../../contract/answers.ts'
import { SetupError, type Problem } from '../../contract/problem.ts'
import { readConnectionStringsConfig } from '../../creatio/connection-strings-config.ts'
import { findInCreatioFolder } from '../../creatio/creatio-folder.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import {
  parseConnectionString,
  printConnectionString,
  secretsIn,
  type ConnectionParts,
} from '../../database/connection/connection-string.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import type { Machine } from '../../machine/machine.ts'
import { Secret } from '../../secrets/secret.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'

export interface DatabaseSources {
  readonly machine: Machine
  readonly references: SecretReferences
  /** The practice run's own database, when there is one. */
  readonly practice?: Secret
  /** Told of every secret before it is used. */
  readonly hide: (...secrets: readonly Secret[]) => void
}

/**
 * The database that the answers name, as this machine reaches it.
 * @throws SetupError with the answer's path: `secret.missing`, `database.*`, `creatio.*`
 */
export async function databaseOf(answers: Answers, sources: DatabaseSources): Promise<DatabaseTarget> {
  const target = await find(answers, sources)
  const parts = parsed(target.connectionString, answers.database.from, target.provider)
  sources.hide(...secretsIn(parts))
  const [problem] = problemsIn(parts)
  if (problem) throw at(problem, 'database.connectionString')
  return target
}

/** Fields are looked at one by one, before they become a text in which nobody finds them again. */
function refuseFields(parts: ConnectionParts): void {
  const [problem] = problemsIn(parts)
  if (problem) throw at(problem, `database.${fieldOf(problem)}`)
}

/** What of a connection string must not be shown: the password; all of it when it cannot be taken apart. */
export function hiddenParts(text: Secret): readonly Secret[] {
  try {
    return secretsIn(parseConnectionString(text))
  } catch {
    return [text]
  }
}

async function find(answers: Answers, sources: DatabaseSources): Promise<DatabaseTarget> {
  const { database, creatio } = answers
  switch (database.from) {
    case 'practice':
      return { provider: 'PostgreSQL', connectionString: sources.practice ?? noPractice() }
    case 'creatio':
      return creatioDatabase(creatio?.folder ?? '', sources)
    case 'connection-string': {
      const { provider, connectionString } = database
      const text = await sources.references.open(connectionString, 'database.connectionString', hiddenParts)
      return { provider, connectionString: text }
    }
    case 'fields': {
      const { provider, server, port, user, password, options = '' } = database
      const extra = parsed(new Secret(options), 'options', provider)
      const parts: ConnectionParts = {
        provider,
        server,
        ...(port === undefined ? {} : { port }),
        database: database.database,
        user,
        password: await sources.references.open(password, 'database.password'),
        windowsLogin: false,
        options: extra.options,
      }
      refuseFields(parts)
      return { provider, connectionString: printConnectionString(parts) }
    }
  }
}

async function creatioDatabase(folder: string, { machine, hide }: DatabaseSources): Promise<DatabaseTarget> {
  const { connectionStrings: file } = await findInCreatioFolder(machine, folder)
  const bytes = file && (await machine.files.read(file))
  if (!bytes || file === undefined)
    throw new SetupError({
      code: 'creatio.no-connection-strings',
      what: 'There is no ConnectionStrings.config in Creatio’s folder.',
      where: { file: folder, path: 'creatio.folder' },
      next: 'Name the folder that holds ConnectionStrings.config, or give the database another way.',
      untouched: 'Nothing was changed.',
    })
  const { chosen } = readConnectionStringsConfig(bytes, file)
  if (!chosen?.provider)
    throw new SetupError({
      code: 'creatio.no-database-entry',
      what: 'ConnectionStrings.config has no entry “db” or “dbPostgreSql” that this program can read.',
      where: { file, path: 'database' },
      next: 'Give the database as a connection string or in fields.',
      untouched: 'Nothing was changed.',
    })
  hide(...hiddenParts(chosen.connectionString))
  if (chosen.provider === 'Oracle')
    throw new SetupError({
      code: 'database.oracle',
      what: 'Creatio uses Oracle, which the Identity Service cannot use.',
      where: { file, path: 'database' },
      next: 'Create a PostgreSQL or SQL Server database for the Identity Service, and name it in the answers.',
      untouched: 'Nothing was changed.',
    })
  return { provider: chosen.provider, connectionString: chosen.connectionString }
}

function parsed(text: Secret, where: string, provider: DatabaseTarget['provider']): ConnectionParts {
  try {
    return parseConnectionString(text, provider)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    throw at(error.problem, where === 'options' ? 'database.options' : 'database.connectionString')
  }
}

function at(problem: Problem, path: string): SetupError {
  return new SetupError({ ...problem, where: { ...problem.where, path }, untouched: 'Nothing was changed.' })
}

/** Which field a problem of the connection string belongs to. */
function fieldOf({ code, what }: Problem): string {
  if (code === 'database.no-database') return 'database'
  if (code === 'database.no-user') return 'user'
  if (code === 'database.port') return 'port'
  const [, quoted, plain] = /“(server|database|user|password)”|name of the (database|user)/.exec(what) ?? []
  if (quoted !== undefined || plain !== undefined) return quoted ?? plain ?? ''
  return code === 'database.server-name' || code === 'database.no-server' ? 'server' : 'options'
}

function noPractice(): never {
  throw new SetupError({
    code: 'practice.no-database',
    what: 'The practice run’s own database is not running.',
    where: { path: 'database.from' },
    next: 'Start the practice run again.',
  })
}
