import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Provider } from '../contract/database.ts'
import { SetupError } from '../contract/problem.ts'
import type { ClientRows, IdentityDatabase } from '../database/identity-database.ts'
import type { DatabaseTarget } from '../database/target.ts'
import type { Machine } from '../machine/machine.ts'
import type { WrittenFile } from '../setup/step.ts'
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

/** How a kept client is put back. Fit for a journal: the rows themselves are in a private file. */
export interface KeptRows {
  readonly service: ServiceFiles
  readonly file: string
  readonly instead: string
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

const NAME = /^client-\d{8}-\d{6}-([0-9a-f]{8})\.json$/

/**
 * Writes rows into a private file of the run's backup folder, unless it stands there already. The hashes of secrets
 * are in it.
 */
export async function keepRows(
  { files, clock }: Pick<Machine, 'files' | 'clock'>,
  folder: string,
  rows: ClientRows,
): Promise<WrittenFile> {
  const text = `${JSON.stringify(rows, undefined, 2)}\n`
  const sha256 = createHash('sha256').update(text).digest('hex')
  const written = { bytes: Buffer.byteLength(text), sha256 }
  const known = await keptFile({ files }, folder, rows)
  if (known !== undefined) return { path: known, ...written }
  await files.makeFolder(folder, { access: 'private' })
  const time = clock.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const path = join(folder, `client-${time}-${sha256.slice(0, 8)}.json`)
  await files.write(path, text, { access: 'private' })
  return { path, ...written }
}

/** The file that holds exactly these rows, or undefined. */
async function keptFile(
  { files }: Pick<Machine, 'files'>,
  folder: string,
  rows: ClientRows,
): Promise<string | undefined> {
  const text = `${JSON.stringify(rows, undefined, 2)}\n`
  for (const name of (await files.list(folder)).filter((each) => NAME.test(each))) {
    const bytes = await files.read(join(folder, name))
    if (bytes && Buffer.from(bytes).toString('utf8') === text) return join(folder, name)
  }
  return undefined
}

/** Rows from the file that they are kept in. @throws SetupError `undo.backup-gone`, `undo.backup-damaged` */
export async function readKeptRows({ files }: Pick<Machine, 'files'>, file: string): Promise<ClientRows> {
  const bytes = await files.read(file)
  if (!bytes) throw unusable('undo.backup-gone', 'The file with the rows of the former client is gone.', file)
  try {
    const rows = JSON.parse(Buffer.from(bytes).toString('utf8')) as ClientRows
    if (typeof rows.clientId === 'string' && typeof rows.key === 'number' && Array.isArray(rows.tables))
      return rows
  } catch {
    // Said below.
  }
  throw unusable('undo.backup-damaged', 'The file with the rows of the former client cannot be read.', file)
}

/**
 * Puts kept rows back, unless they stand there as they were: who was refused the right to remove them may not remove
 * them for that either.
 */
export async function putBack(database: IdentityDatabase, rows: ClientRows, instead: string): Promise<void> {
  const now = await database.rowsOf(rows.clientId)
  const isThere = now !== undefined && JSON.stringify(now) === JSON.stringify(rows)
  if (isThere && (instead === rows.clientId || !(await database.client(instead)))) return
  await database.restoreRows(rows, instead)
}

/** The removal as SQL, for reading: children first, as the vendor's manual names the tables (Academy 2466). */
export function removalSql(
  provider: Provider | undefined,
  row: number | undefined,
  tables: readonly { readonly table: string; readonly rows: number }[],
): readonly string[] {
  if (row === undefined) return []
  const name = (text: string) => (provider === 'MsSqlServer' ? `[${text}]` : `"${text}"`)
  const removals = tables.toReversed().map(({ table, rows }) => {
    const column = table === 'Clients' ? 'Id' : 'ClientId'
    return `delete from ${name(table)} where ${name(column)} = ${row}; -- ${rows === 1 ? '1 row' : `${rows} rows`}`
  })
  return [provider === 'MsSqlServer' ? 'begin transaction;' : 'begin;', ...removals, 'commit;']
}

function unusable(code: string, what: string, file: string): SetupError {
  return new SetupError({
    code,
    what,
    where: { file },
    next: 'Restore the file, or the database from its own backup; then take it back again.',
    untouched: 'The database was left as it is.',
  })
}
