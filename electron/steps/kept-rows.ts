import { basename, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import { untilKnown } from '../database/commit-unknown.ts'
import type { ClientRows, IdentityDatabase } from '../database/identity-database.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepContext, WrittenFile } from '../setup/step.ts'
import { sha256 } from './replace-file.ts'
import { withDatabase } from './service-database.ts'
import type { ServiceFiles } from './service-settings.ts'

/** How a kept client is put back. Fit for a journal: the rows themselves are in a private file. */
export interface KeptRows {
  readonly service: ServiceFiles
  readonly file: string
  readonly instead: string
}

/** The last part is the beginning of the content's SHA-256. */
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
  const bytes = Buffer.from(`${JSON.stringify(rows, undefined, 2)}\n`)
  const hash = sha256(bytes)
  const written = { bytes: bytes.length, sha256: hash }
  for (const name of (await files.list(folder)).filter((each) => NAME.test(each))) {
    const known = await files.read(join(folder, name))
    if (known && sha256(known) === hash) return { path: join(folder, name), ...written }
  }
  await files.makeFolder(folder, { access: 'private' })
  const time = clock.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const path = join(folder, `client-${time}-${hash.slice(0, 8)}.json`)
  await files.write(path, bytes, { access: 'private' })
  return { path, ...written }
}

/**
 * Rows from the file that they are kept in.
 * @throws SetupError `undo.backup-gone`, `undo.backup-damaged` for a file that is not as it was written
 */
export async function readKeptRows({ files }: Pick<Machine, 'files'>, file: string): Promise<ClientRows> {
  const bytes = await files.read(file)
  if (!bytes) throw unusable('undo.backup-gone', 'The file with the rows of the former client is gone.', file)
  if (NAME.exec(basename(file))?.[1] !== sha256(bytes).slice(0, 8))
    throw unusable('undo.backup-damaged', 'The file with the rows of the former client was changed.', file)
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as ClientRows
}

/**
 * Puts kept rows back, unless they stand there as they were: who was refused the right to remove them may not remove
 * them for that either.
 */
export function putBack(
  { machine, log }: StepContext,
  { service, instead }: KeptRows,
  rows: ClientRows,
): Promise<void> {
  const back = async (database: IdentityDatabase): Promise<void> => {
    const now = await database.rowsOf(rows.clientId)
    const isThere = now !== undefined && JSON.stringify(now) === JSON.stringify(rows)
    if (isThere && (instead === rows.clientId || !(await database.client(instead)))) return
    await database.restoreRows(rows, instead)
  }
  return untilKnown(() => withDatabase(machine, service, back), log)
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
