import { SetupError, type Problem } from '../../contract/problem.ts'
import { readOptions, type ConnectionParts } from '../../database/connection/connection-string.ts'
import { placeholderIn } from '../../database/connection/placeholder.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import type { NewDatabase } from '../../database/new-database.ts'
import type { Secret } from '../../secrets/secret.ts'

/**
 * Fields of the answers as the parts of a connection string, looked at one by one before they become a text in which
 * nobody finds them again.
 * @param path of the group of answers that they stand in, such as `database`
 * @throws SetupError with the answer's path
 */
export function partsOfFields(fields: NewDatabase, password: Secret, path: string): ConnectionParts {
  const { provider, server, port, database, user, options } = fields
  const parts: ConnectionParts = {
    provider,
    server,
    ...(port === undefined ? {} : { port }),
    database,
    user,
    password,
    // It was entered by itself.
    ...(placeholderIn(password.open()) === undefined ? {} : { literalPassword: true }),
    windowsLogin: false,
    options: optionsOf(options),
  }
  const [problem] = problemsIn(parts)
  if (problem) throw at(problem, `${path}.${fieldOf(problem)}`)
  return parts
}

function optionsOf(options: string): ConnectionParts['options'] {
  try {
    return readOptions(options)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    throw at(error.problem, 'database.options')
  }
}

/** A problem of a connection string at the answer that it comes from. */
export function at(problem: Problem, path: string): SetupError {
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
