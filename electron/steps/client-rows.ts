import type { Provider } from '../contract/database.ts'
import type { ClientRows, IdentityDatabase } from '../database/identity-database.ts'
import { IS_TABLES } from '../database/identity-tables.ts'
import type { DatabaseTarget } from '../database/target.ts'
import type { Machine } from '../machine/machine.ts'
import { withDatabase } from './service-database.ts'
import type { ServiceFiles } from './service-settings.ts'

/** A client in the service's database that is to go, so that the service makes it anew from its settings. */
export interface ClientRowsInput {
  readonly service: ServiceFiles
  /** Its database, where its settings are still to be written. */
  readonly database?: DatabaseTarget
  /** ClientId of the rows that are to go. */
  readonly clientId: string
  /** `Clients.Id` of the row that is to go; left out where it is not known, or there is none. */
  readonly row?: number
  /** ClientId under which the service makes it again. */
  readonly instead: string
}

/** How many rows of a client a table holds. */
export interface TableRows {
  readonly table: string
  readonly rows: number
}

/** The service’s database, where the rows are. @throws what `withDatabase` throws */
export function inDatabase<T>(
  machine: Machine,
  { service, database }: ClientRowsInput,
  use: (database: IdentityDatabase) => Promise<T>,
): Promise<T> {
  return withDatabase(machine, service, use, database)
}

/** The rows that are to go, or undefined when they are gone: others may have been made in their place. */
export async function rowsToGo(
  database: IdentityDatabase,
  { clientId, row }: ClientRowsInput,
): Promise<ClientRows | undefined> {
  if (row === undefined) return undefined
  const { present } = await database.tables()
  if (!present.includes('Clients')) return undefined
  const rows = await database.rowsOf(clientId)
  return rows?.key === row ? rows : undefined
}

/**
 * The removal as SQL, for reading: children first, as the vendor's manual names the tables (Academy 2466). Of a table
 * that is not of the service's own, nobody can tell from its name how it refers to the client: it is named in a comment.
 */
export function removalSql(
  provider: Provider | undefined,
  row: number | undefined,
  tables: readonly TableRows[],
): readonly string[] {
  if (row === undefined) return []
  const name = (text: string) => (provider === 'MsSqlServer' ? `[${text}]` : `"${text}"`)
  const removals = tables.toReversed().map(({ table, rows }) => {
    const count = rows === 1 ? '1 row' : `${rows} rows`
    if (!IS_TABLES.includes(table))
      return `-- ${count} of ${table.replaceAll(/\s+/g, ' ')}, by its foreign key`
    const column = table === 'Clients' ? 'Id' : 'ClientId'
    return `delete from ${name(table)} where ${name(column)} = ${row}; -- ${count}`
  })
  return [provider === 'MsSqlServer' ? 'begin transaction;' : 'begin;', ...removals, 'commit;']
}
