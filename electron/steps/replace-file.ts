import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { WriteOptions } from '../machine/machine.ts'
import type { ApplyContext, StepContext } from '../setup/step.ts'

/** How to take back one replaced file. */
export interface ReplacedFile {
  readonly path: string
  /** SHA-256 of what was written, to see whether someone has changed it since. */
  readonly sha256: string
  /** Copy of the former content; missing when there was no file. */
  readonly backup?: string
  /** The file's folder, where it had to be made: removed again when nothing else is in it. */
  readonly madeFolder?: string
}

/** SHA-256 in lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Replaces a file whole: the former content is copied to the run's backup folder and the way back is on disk
 * before the new content is. Its folder is made, private, when it is missing.
 */
export async function replaceFile(
  context: ApplyContext<ReplacedFile>,
  path: string,
  bytes: Uint8Array,
  options?: WriteOptions,
): Promise<void> {
  const { files } = context.machine
  const hash = sha256(bytes)
  const former = await files.read(path)
  let backup: string | undefined
  if (former) {
    await files.makeFolder(context.backupFolder, { access: 'private' })
    backup = join(context.backupFolder, `${sha256(former).slice(0, 8)}-${basename(path)}`)
    await files.write(backup, former, { access: 'private' })
  }
  const folder = dirname(path)
  const made = (await files.info(folder)) === undefined
  const record = { path, sha256: hash, ...(backup === undefined ? {} : { backup }) }
  await context.willUndo({ ...record, ...(made ? { madeFolder: folder } : {}) })
  if (made) await files.makeFolder(folder, { access: 'private' })
  await files.write(path, bytes, options)
  await context.wrote({ ...record, bytes: bytes.length })
}

/** Puts the former content back, or removes the file when there was none. Refuses when someone else changed it. */
export async function restoreFile(record: ReplacedFile, context: StepContext): Promise<string> {
  const { files } = context.machine
  const now = await files.read(record.path)
  const former = record.backup === undefined ? undefined : await files.read(record.backup)
  if (record.backup !== undefined && !former) throw backupGone(record)
  if (now && former && sha256(now) === sha256(former)) return `${record.path} is as it was.`
  if (now && sha256(now) !== record.sha256) throw changedSince(record)
  if (former) await files.write(record.path, former)
  else await files.remove(record.path)
  const { madeFolder } = record
  if (madeFolder !== undefined && (await files.list(madeFolder)).length === 0) await files.remove(madeFolder)
  return former ? `${record.path} is as it was.` : `${record.path} is removed.`
}

function changedSince(record: ReplacedFile): SetupError {
  return new SetupError({
    code: 'undo.changed-since',
    what: 'This file was changed by someone else after this setup wrote it.',
    where: { file: record.path },
    next:
      record.backup === undefined
        ? 'Look at it and remove it by hand.'
        : `Compare it with its backup, ${record.backup}.`,
    untouched: 'It was left as it is.',
  })
}

function backupGone(record: ReplacedFile): SetupError {
  return new SetupError({
    code: 'undo.backup-gone',
    what: 'The backup of this file is gone.',
    where: { file: record.path },
    next: `Restore it from elsewhere; the backup was ${record.backup}.`,
    untouched: 'The file was left as it is.',
  })
}
