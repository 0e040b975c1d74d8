import { dirname, join, resolve } from 'node:path'
import { nameForCopy } from '../../../certificate/name-for-copy.ts'
import type { CertificateFile } from '../../../certificate/write-files.ts'
import { SetupError } from '../../../contract/problem.ts'
import type { Machine } from '../../../machine/machine.ts'
import { invalidArguments } from '../arguments.ts'

/** The name that the vendor's script gives its PFX. */
const PFX_NAME = 'openssl.pfx'

/** Names of certificate files that the PFX must not get, and that no folder has. */
const OTHER_FILE = /\.(cer|crt|der|pem|key|p7b|p7c|csr)$/i

/**
 * The PFX that `--out` means: a file by its ending, otherwise `openssl.pfx` in that folder.
 * @throws SetupError `arguments.invalid`
 */
export async function pfxPathOf({ files }: Machine, out: string | undefined): Promise<string> {
  if (out === undefined) throw invalidArguments('Name the folder or the PFX file to write (--out).')
  const path = resolve(out)
  const isFolder = (await files.info(path))?.kind === 'folder'
  if (!isFolder && OTHER_FILE.test(path))
    throw invalidArguments('--out is followed by a folder, or by a file that ends in .pfx or .p12.')
  return !isFolder && /\.(pfx|p12)$/i.test(path) ? path : join(path, PFX_NAME)
}

/**
 * Refuses to replace a file that is there, unless that is asked for.
 * @throws SetupError `certificate.exists`
 */
export async function refuseExisting(
  { files }: Machine,
  paths: readonly string[],
  force: boolean,
): Promise<void> {
  if (force) return
  for (const path of paths)
    if (await files.info(path))
      throw new SetupError({
        code: 'certificate.exists',
        what: 'There is a file at this path already.',
        where: { file: path },
        next: 'Name another folder, or add --force: then what is there is backed up and replaced.',
        untouched: 'Nothing was written.',
      })
}

/**
 * Refuses to write over what is read: the files of an issued certificate stay as they are, also with `--force`.
 * @throws SetupError `certificate.exists`
 */
export async function refuseOriginals(
  { files }: Machine,
  paths: readonly string[],
  originals: readonly string[],
): Promise<void> {
  for (const path of paths)
    for (const original of originals) if (await files.isSame(original, path)) throw isRead(path)
}

function isRead(path: string): SetupError {
  return new SetupError({
    code: 'certificate.exists',
    what: 'This file is read, so nothing is written in its place.',
    where: { file: path },
    next: 'Name another folder or file (--out).',
    untouched: 'Nothing was written.',
  })
}

export interface Written {
  readonly path: string
  /** Copy of what stood there before. */
  readonly backup?: string
}

type Undo = (() => Promise<unknown>)[]

/**
 * Writes files whole, each after a copy of what stood there, with the time in its name. When one cannot be written, or
 * the signal is aborted, everything is as it was before.
 * @throws SetupError `file.*`, or the signal's reason
 */
export async function writeFiles(
  machine: Machine,
  files: readonly CertificateFile[],
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const undo: Undo = []
  const written: Written[] = []
  try {
    for (const file of files) {
      signal.throwIfAborted()
      await makeFolder(machine, dirname(file.path), undo)
      written.push(await replace(machine, file, undo))
    }
    signal.throwIfAborted()
    return written
  } catch (error) {
    // What cannot be taken back must not hide why it had to be.
    for (const back of undo.toReversed()) await back().catch(() => {})
    throw error
  }
}

/** Makes a folder with its parents. Taking it back removes those that were missing, as long as they are empty. */
async function makeFolder({ files }: Machine, folder: string, undo: Undo): Promise<void> {
  const missing: string[] = []
  for (let path = folder; !(await files.info(path)) && path !== dirname(path); path = dirname(path))
    missing.unshift(path)
  undo.push(...missing.map((path) => () => files.remove(path)))
  if (missing.length > 0) await files.makeFolder(folder)
}

async function replace(
  { files, clock }: Machine,
  { path, bytes, access }: CertificateFile,
  undo: Undo,
): Promise<Written> {
  const former = await files.read(path)
  if (!former) {
    undo.push(() => files.remove(path))
    await files.write(path, bytes, { access })
    return { path }
  }
  const backup = await nameForCopy({ files, clock }, path)
  undo.push(() => files.remove(backup))
  await files.write(backup, former, { access: 'private' })
  undo.push(() => files.write(path, former, { access }))
  await files.write(path, bytes, { access })
  return { path, backup }
}
