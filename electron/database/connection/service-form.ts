import type { ConnectionNote, DatabaseDrivers, Provider } from '../../contract/database.ts'
import { Secret } from '../../secrets/secret.ts'
import { withParts, type PartChanges } from './connection-string.ts'
import { readKeywordValues } from './keyword-values.ts'
import { normalised } from './keywords.ts'

/**
 * Keywords that Creatio's .NET Framework driver takes and the service's driver refuses by ending the program.
 * https://github.com/dotnet/SqlClient/issues/73
 */
const REFUSED_BY_SQL_SERVER_DRIVER = ['async', 'asynchronousprocessing']

export interface ServiceForm {
  /** To be written for the service. */
  readonly connectionString: Secret
  /** What is done about the given one. */
  readonly notes: readonly ConnectionNote[]
}

export interface ServiceFormOptions {
  /** Parts to be other than given, such as the server as a container sees it. */
  readonly changes?: PartChanges
  /** What the service's build connects with; left out, current drivers are taken. */
  readonly drivers?: DatabaseDrivers
}

/**
 * The connection string to write for the service: the given one, with only those parts changed that are named and
 * without keywords its driver refuses.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function serviceForm(text: Secret, provider: Provider, options: ServiceFormOptions = {}): ServiceForm {
  const { connectionString, removed } = serviceConnectionString(text, provider, options.changes)
  return {
    connectionString,
    notes: removed.map((keyword) => ({
      level: 'info',
      keyword,
      text: `“${keyword}” is left out: the service’s driver refuses it.`,
    })),
  }
}

export interface ServiceConnectionString {
  readonly connectionString: Secret
  /** Keywords left out, as they were written. */
  readonly removed: readonly string[]
}

/**
 * The connection string to write for the service: the given one, with only those parts changed that are named
 * (such as the server as seen from inside a container) and without keywords its driver refuses.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function serviceConnectionString(
  text: Secret,
  provider: Provider,
  changes: PartChanges = {},
): ServiceConnectionString {
  const changed = withParts(text, changes, provider).open()
  if (provider !== 'MsSqlServer') return { connectionString: new Secret(changed), removed: [] }
  const refused = readKeywordValues(changed).filter(({ keyword }) =>
    REFUSED_BY_SQL_SERVER_DRIVER.includes(normalised(keyword)),
  )
  const kept = refused.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), changed)
  return { connectionString: new Secret(kept), removed: refused.map(({ keyword }) => keyword) }
}
