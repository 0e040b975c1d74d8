import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine, WriteOptions } from '../machine/machine.ts'
import type { ApplyContext, StepContext } from '../setup/step.ts'
import { restoreRights, saveRights } from '../windows/acl-file.ts'

/** How to take back one replaced file. */
export interface ReplacedFile {
  readonly path: string
  /** SHA-256 of what was written, to see whether someone has changed it since. */
  readonly sha256: string
  /** Copy of the former content; missing when there was no file. */
  readonly backup?: string
  /** On Windows, the former access list as `icacls /save` wrote it: a file that takes another's place has its own. */
  readonly rights?: string
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
  let rights: string | undefined
  if (former) {
    await files.makeFolder(context.backupFolder, { access: 'private' })
    backup = join(context.backupFolder, `${sha256(former).slice(0, 8)}-${basename(path)}`)
    await files.write(backup, former, { access: 'private' })
    rights = await keepRights(context.machine, path, backup)
  }
  const folder = dirname(path)
  const made = (await files.info(folder)) === undefined
  const record = { path, sha256: hash, ...(backup === undefined ? {} : { backup }) }
  await context.willUndo({
    ...record,
    ...(rights === undefined ? {} : { rights }),
    ...(made ? { madeFolder: folder } : {}),
  })
  if (made) await files.makeFolder(folder, { access: 'private' })
  await files.write(path, bytes, options)
  await context.wrote({ ...record, bytes: bytes.length })
}

/**
 * Writes the access list of a file or folder beside its backup. Undefined where there are none.
 * @throws what `saveRights` throws
 */
export async function keepRights(
  machine: Machine,
  path: string,
  backup: string,
): Promise<string | undefined> {
  if (!machine.windows) return undefined
  const rights = `${backup}-${Buffer.from(machine.random.bytes(4)).toString('hex')}.acl`
  await saveRights(machine, path, rights)
  return rights
}

/**
 * Puts the former content with its access list back, or removes the file when there was none. Refuses when someone
 * else changed it.
 */
export async function restoreFile(record: ReplacedFile, context: StepContext): Promise<string> {
  const { machine } = context
  const { files } = machine
  const now = await files.read(record.path)
  const former = record.backup === undefined ? undefined : await files.read(record.backup)
  if (record.backup !== undefined && !former) throw backupGone(record)
  const isBack = now !== undefined && former !== undefined && sha256(now) === sha256(former)
  if (now && !isBack && sha256(now) !== record.sha256) throw changedSince(record)
  if (!former) await files.remove(record.path)
  // Until its own access list is back, nobody else may read what may hold secrets.
  else if (!isBack) await files.write(record.path, former, record.rights ? { access: 'private' } : {})
  if (record.rights !== undefined) await restoreRights(machine, record.path, record.rights)
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
