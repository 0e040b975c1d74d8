import { constants, createReadStream } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join, parse, resolve } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SetupError } from '../contract/problem.ts'
import type { FileInfo, Files, WriteOptions } from './machine.ts'
import { errnoOf, fileError } from './file-problem.ts'
import type { Guard } from './private-access.ts'
import { whileHeld } from './retry.ts'
import { flushFolder, replaceWith, writeWhole } from './write-file.ts'

const OLD_FILE_KEPT = 'The file is as it was before.'

/** {@link Files} on this machine's disks. */
export function realFiles(guard: Guard): Files {
  return {
    read: (path) => unlessMissing(path, () => fs.readFile(path)),
    info: (path) => unlessMissing(path, async () => describe(await fs.lstat(path))),
    isSame: async (path, other) => {
      const [one, another] = await Promise.all([path, other].map(identityOf))
      return one !== undefined && one === another
    },
    list: async (folder) => ((await unlessMissing(folder, () => fs.readdir(folder))) ?? []).toSorted(),
    makeFolder: (path, options) => told(path, () => makeFolder(path, options, guard)),
    write: (path, bytes, options) =>
      told(
        path,
        () => writeWhole(path, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, options, guard),
        OLD_FILE_KEPT,
      ),
    writeStream: (path, source, options) => told(path, () => writeStream(path, source, options, guard)),
    append: (path, text, options) => told(path, () => append(path, text, options, guard)),
    copy: (from, to, options) => copy(from, to, options, guard),
    rename: (from, to) =>
      told(from, async () => {
        await whileHeld(() => fs.rename(from, to))
        await flushFolder(dirname(to))
      }),
    remove: (path) => told(path, () => remove(path)),
    removeFolder: (path) => told(path, () => removeFolder(path)),
    freeBytes: (path) =>
      told(path, async () => {
        const { bavail, bsize } = await fs.statfs(await nearestExisting(path))
        return bavail * bsize
      }),
    mayWrite: (folder) => told(folder, () => mayWrite(folder)),
  }
}

async function told<T>(path: string, operation: () => Promise<T>, untouched?: string): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    throw fileError(error, path, untouched)
  }
}

async function unlessMissing<T>(path: string, operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation()
  } catch (error) {
    if (isMissing(error) && !(await isFolderInTheWay(path, error))) return undefined
    throw fileError(error, path)
  }
}

function isMissing(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR'
}

/** Listing a file also answers ENOTDIR, and there "missing" would be a lie. */
async function isFolderInTheWay(path: string, error: unknown): Promise<boolean> {
  return errnoOf(error) === 'ENOTDIR' && (await fs.lstat(path).catch(() => undefined)) !== undefined
}

/** What stays the same for a file by whichever of its names; undefined where there is none. */
function identityOf(path: string): Promise<string | undefined> {
  return unlessMissing(path, async () => {
    const { dev, ino } = await fs.stat(path, { bigint: true })
    // Some file systems number no files.
    return ino === 0n ? fs.realpath(path) : `${dev} ${ino}`
  })
}

function describe(stats: Awaited<ReturnType<typeof fs.lstat>>): FileInfo {
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other'
  return { kind, size: Number(stats.size), mode: Number(stats.mode) & 0o7777 }
}

async function makeFolder(path: string, options: WriteOptions | undefined, guard: Guard) {
  const isPrivate = options?.access === 'private'
  const topmost = await fs
    .mkdir(path, { recursive: true, mode: isPrivate ? 0o700 : 0o777 })
    .catch((error) => {
      // A file of that name: the system says "exists", which would send the reader the wrong way.
      throw errnoOf(error) === 'EEXIST' ? Object.assign(new Error(error.message), { code: 'ENOTDIR' }) : error
    })
  if (topmost !== undefined && isPrivate) await guard.restrict(topmost, 'folder')
  return topmost
}

async function writeStream(path: string, source: Readable, options: WriteOptions | undefined, guard: Guard) {
  const isPrivate = options?.access === 'private'
  const handle = await fs.open(path, 'wx', isPrivate ? 0o600 : 0o666)
  try {
    try {
      if (isPrivate) await guard.restrict(path, 'file')
      const bytes = await pour(source, handle)
      await handle.sync()
      return bytes
    } finally {
      await handle.close()
    }
  } catch (error) {
    await fs.rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

async function pour(source: Readable, handle: fs.FileHandle): Promise<number> {
  let bytes = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      handle.writeFile(chunk).then(() => done(), done)
    },
  })
  await pipeline(source, sink)
  return bytes
}

async function append(path: string, text: string, options: WriteOptions | undefined, guard: Guard) {
  const isPrivate = options?.access === 'private'
  const old = await fs.stat(path).catch(() => undefined)
  const handle = await fs.open(path, 'a', isPrivate ? 0o600 : 0o666)
  try {
    if (isPrivate && old === undefined) await guard.restrict(path, 'file')
    try {
      await handle.writeFile(text)
    } catch (error) {
      // Half a line would be worse for the reader than none.
      await handle.truncate(old?.size ?? 0).catch(() => undefined)
      throw error
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (old === undefined) await flushFolder(dirname(path))
}

async function copy(from: string, to: string, options: WriteOptions | undefined, guard: Guard) {
  const source = await told(from, () => fs.stat(from))
  if (!source.isFile()) throw fileError(Object.assign(new Error('not a file'), { code: 'EISDIR' }), from)
  await told(
    to,
    () =>
      replaceWith(
        to,
        options,
        guard,
        async (handle) => void (await pour(createReadStream(from), handle)),
        source.mode,
      ),
    OLD_FILE_KEPT,
  )
}

async function remove(path: string): Promise<void> {
  try {
    const isFolder = (await fs.lstat(path)).isDirectory()
    await whileHeld(() => (isFolder ? fs.rmdir(path) : fs.unlink(path)))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

async function removeFolder(path: string): Promise<void> {
  const whole = resolve(path)
  if (whole === parse(whole).root)
    throw new SetupError({
      code: 'file.whole-disk',
      what: `“${path}” is a whole disk and will not be removed.`,
      where: { file: path },
      next: 'Choose a folder on it.',
    })
  await fs.rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/** The path itself, or the closest folder above it that is there. */
async function nearestExisting(path: string): Promise<string> {
  const whole = resolve(path)
  const stands = await fs.stat(whole).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return stands !== undefined || whole === parse(whole).root ? whole : nearestExisting(dirname(whole))
}

async function mayWrite(folder: string): Promise<boolean> {
  const existing = await nearestExisting(folder)
  if (!(await fs.stat(existing)).isDirectory()) return false
  try {
    if (process.platform === 'win32') await tryFile(existing)
    else await fs.access(existing, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Node's `access` looks at the read-only attribute on Windows and not at the access list, so only trying tells. */
async function tryFile(folder: string): Promise<void> {
  const path = join(folder, `.setup-${process.pid}-${Date.now()}.tmp`)
  await fs.writeFile(path, '', { flag: 'wx' })
  await fs.unlink(path)
}
