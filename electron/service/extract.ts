import { createHash } from 'node:crypto'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { SetupError, type Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { requireServiceFiles } from './required-files.ts'
import type { Source } from './source.ts'
import { openSource } from './open-source.ts'
import { lookAtTarget, type TargetKind } from './target.ts'

/** Room left on the volume beside the files themselves: folder entries and rounding up to clusters. */
const SPARE_BYTES = 16 * 1024 * 1024

interface ExtractProgress {
  readonly doneFiles: number
  readonly allFiles: number
  readonly doneBytes: number
  readonly allBytes: number
}

export interface ExtractOptions {
  readonly onProgress?: (progress: ExtractProgress) => void
  /** Stops before the next piece of data; the target is then as it was. */
  readonly signal?: AbortSignal
  /** Allows to replace a folder that already holds the service; it is kept beside the new one. */
  readonly replaceOurs?: boolean
}

/** What was done, for whoever has to take it back: remove `target`, then rename `previous` to it. */
export interface Extracted {
  readonly target: string
  readonly files: number
  readonly bytes: number
  /** Topmost folder above or equal to the target that had to be made. */
  readonly madeFolder?: string
  /** Where the former service folder is kept. */
  readonly previous?: string
}

/**
 * Brings the files of an archive or folder to `target` by way of a staging folder beside it, so that the target
 * appears whole or not at all.
 *
 * Throws `target.*` (not-a-folder, foreign, not-empty, read-only, disk-full, inside-source), `extract.cancelled`,
 * what {@link openSource} throws, and file errors; in each case the target is as it was and staging is gone.
 */
export async function extract(
  machine: Machine,
  sourcePath: string,
  target: string,
  options: ExtractOptions = {},
): Promise<Extracted> {
  const source = await openSource(machine, sourcePath)
  requireServiceFiles(source)
  const before = await lookAtTarget(machine, target)
  refuseOccupied(before, target, options.replaceOurs ?? false)
  if (source.kind === 'folder') refuseOverlap(sourcePath, target)
  const bytes = source.files.reduce((sum, file) => sum + file.size, 0)
  await refuseNoRoom(machine, target, bytes)

  const { files } = machine
  const staging = stagingFor(target)
  let made: string | undefined
  let swapped: { previous?: string }
  try {
    made = await files.makeFolder(dirname(target))
    await files.removeFolder(staging)
    await fill(machine, source, staging, bytes, options)
    swapped = await swap(machine, staging, target, before)
  } catch (error) {
    await files.removeFolder(staging)
    if (made !== undefined) await files.removeFolder(made)
    throw leftAsItWas(error)
  }
  return {
    target,
    files: source.files.length,
    bytes,
    ...(made !== undefined ? { madeFolder: made } : before === 'absent' ? { madeFolder: target } : {}),
    ...swapped,
  }
}

/** The same folder for the same target each time, so that one left by a crash is found and removed. */
export function stagingFor(target: string): string {
  const mark = createHash('sha256').update(resolve(target)).digest('hex').slice(0, 12)
  return join(dirname(target), `.identity-setup-${mark}`)
}

async function fill(
  machine: Machine,
  source: Source,
  staging: string,
  allBytes: number,
  { onProgress, signal }: ExtractOptions,
): Promise<void> {
  const allFiles = source.files.length
  let doneBytes = 0
  const folders = new Set<string>([staging])
  const makeFolder = async (folder: string) => {
    if (folders.has(folder)) return
    await machine.files.makeFolder(folder)
    folders.add(folder)
  }
  // Settings and certificates will lie in it; some have to be readable for a container's own user.
  await machine.files.makeFolder(staging, { access: 'private' })
  for (const [doneFiles, file] of source.files.entries()) {
    const report = () => onProgress?.({ doneFiles, allFiles, doneBytes, allBytes })
    refuseCancelled(signal)
    report()
    const path = join(staging, file.path)
    await makeFolder(dirname(path))
    const stream = source.stream(file, (count) => {
      doneBytes += count
      report()
      refuseCancelled(signal)
    })
    await machine.files.writeStream(path, stream)
  }
  refuseCancelled(signal)
  onProgress?.({ doneFiles: allFiles, allFiles, doneBytes, allBytes })
}

async function swap(
  machine: Machine,
  staging: string,
  target: string,
  before: TargetKind,
): Promise<{ previous?: string }> {
  const { files } = machine
  if (before !== 'service') {
    await files.remove(target)
    try {
      await files.rename(staging, target)
    } catch (error) {
      if (before === 'empty') await files.makeFolder(target)
      throw error
    }
    return {}
  }
  const suffix = Buffer.from(machine.random.bytes(4)).toString('hex')
  const previous = join(dirname(target), `${basename(target)}.before-${suffix}`)
  await files.rename(target, previous)
  try {
    await files.rename(staging, target)
  } catch (error) {
    await files.rename(previous, target)
    throw error
  }
  return { previous }
}

function refuseOccupied(before: TargetKind, target: string, replaceOurs: boolean): void {
  if (before === 'not-a-folder')
    throw targetProblem('not-a-folder', 'There is a file or link at this path, not a folder.', target)
  if (before === 'foreign')
    throw targetProblem('foreign', 'This folder holds files that are not the Identity Service.', target)
  if (before === 'service' && !replaceOurs)
    throw targetProblem('not-empty', 'This folder already holds an Identity Service.', target)
}

function refuseOverlap(sourcePath: string, target: string): void {
  const within = (inner: string, outer: string) => {
    const way = relative(resolve(outer), resolve(inner))
    return way === '' || (!way.startsWith('..') && !isAbsolute(way))
  }
  if (within(target, sourcePath) || within(sourcePath, target))
    throw targetProblem(
      'inside-source',
      'The target folder and the source folder lie in one another.',
      target,
    )
}

async function refuseNoRoom(machine: Machine, target: string, bytes: number): Promise<void> {
  if (!(await machine.files.mayWrite(dirname(target))))
    throw targetProblem(
      'read-only',
      'This user may not create files in the folder that holds the target.',
      target,
      'Choose a folder this user may write to, or start the program as a user who may.',
    )
  const free = await machine.files.freeBytes(dirname(target))
  if (free < bytes + SPARE_BYTES)
    throw targetProblem(
      'disk-full',
      `The volume has ${megabytes(free)} MB free; the service needs ${megabytes(bytes + SPARE_BYTES)} MB.`,
      target,
      'Free some space or choose a folder on another volume.',
    )
}

function targetProblem(
  code: string,
  what: string,
  target: string,
  next = 'Choose an empty folder or a new name.',
): SetupError {
  return new SetupError({
    code: `target.${code}`,
    what,
    where: { file: target },
    next,
    untouched: 'Nothing was extracted and the target is as it was.',
  })
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  throw new SetupError({
    code: 'extract.cancelled',
    what: 'Extracting was cancelled.',
    next: 'Start the installation again when you are ready.',
    untouched: 'What was extracted so far was removed and the target is as it was.',
  })
}

function leftAsItWas(error: unknown): unknown {
  if (!(error instanceof SetupError)) return error
  const problem: Problem = { untouched: 'The target folder is as it was.', ...error.problem }
  return new SetupError(problem, { cause: error })
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024)
}
