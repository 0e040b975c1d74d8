import { randomBytes } from 'node:crypto'
import { type FileHandle, chmod, chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { WriteOptions } from './machine.ts'
import { errnoOf } from './file-problem.ts'
import type { Guard } from './private-access.ts'
import { whileHeld } from './retry.ts'

/** Replaces a file whole; see `Files.write`. Throws the system's errors, and `file.not-kept` when the disk lies. */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  options: WriteOptions | undefined,
  guard: Guard,
): Promise<void> {
  await replaceWith(path, options, guard, async (temporary) => {
    await temporary.writeFile(bytes)
  })
  const kept = await readFile(path)
  if (!kept.equals(bytes)) throw notKept(path)
}

/**
 * Fills a temporary file beside `path`, flushes it and puts it in the place of `path`. Whatever fails, the old
 * file stays as it was and the temporary one is removed. A link at `path` stays; what it points to is replaced.
 */
export async function replaceWith(
  path: string,
  options: WriteOptions | undefined,
  guard: Guard,
  fill: (temporary: FileHandle, name: string) => Promise<void>,
  mode?: number,
): Promise<void> {
  const target = await behindLinks(path)
  await mustBeReplaceable(target)
  const temporary = join(dirname(target), `.setup-${randomBytes(6).toString('hex')}.tmp`)
  const isPrivate = options?.access === 'private'
  const handle = await open(temporary, 'wx', isPrivate ? 0o600 : 0o666)
  try {
    try {
      if (isPrivate) await guard.restrict(temporary, 'file')
      await fill(handle, temporary)
      if (!isPrivate) await keepAccess(target, temporary, mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await whileHeld(() => rename(temporary, target))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await flushFolder(dirname(target))
}

/** Makes a new or changed name in a folder survive a power cut. Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Some file systems refuse to flush a folder, or this user may write there but not list it. The file
    // itself is on the disk already.
  }
}

/** Renaming over a device or a socket would destroy it, and the system would let an administrator do so. */
async function mustBeReplaceable(target: string): Promise<void> {
  const old = await stat(target).catch(() => undefined)
  if (old === undefined || old.isFile()) return
  if (old.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  throw new SetupError({
    code: 'file.not-a-file',
    what: `“${target}” is a device or a pipe, not a file.`,
    where: { file: target },
    next: 'Choose another file name.',
  })
}

/** The new file gets the permissions and, where this user may give them, the owner of the one it replaces. */
async function keepAccess(target: string, temporary: string, mode: number | undefined): Promise<void> {
  const old = await stat(target).catch(() => undefined)
  if (old !== undefined && (old.uid !== process.getuid?.() || old.gid !== process.getgid?.()))
    await chown(temporary, old.uid, old.gid).catch(() => undefined)
  const wanted = old?.mode ?? mode
  if (wanted !== undefined) await chmod(temporary, wanted & 0o7777)
}

async function behindLinks(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return path
    throw error
  }
}

function notKept(path: string): SetupError {
  return new SetupError({
    code: 'file.not-kept',
    what: `“${path}” does not hold what was written to it.`,
    where: { file: path },
    cause: 'Another program changed it at the same moment, or the disk is failing.',
    next: 'Check the disk and what else writes to this file, then try again.',
  })
}
