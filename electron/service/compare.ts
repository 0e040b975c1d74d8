import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Machine } from '../machine/machine.ts'
import { requireServiceFiles } from './required-files.ts'
import type { Source, SourceFile } from './source.ts'
import { openSource } from './open-source.ts'
import { lookAtTarget } from './target.ts'

/** Files that this program changes after extraction; only their presence is compared. */
const PATCHED = new Set(['appsettings.json', 'web.config', 'Dockerfile-OAuth'])
const EVIDENCE = 5

export interface TargetComparison {
  readonly state: 'absent' | 'empty' | 'same' | 'differs' | 'foreign'
  /** What the answer rests on, for the installer to read; at most a few lines. */
  readonly evidence: readonly string[]
}

/**
 * Whether the target already holds exactly the files of the source, by size and checksum. The three files that are
 * patched after extraction need only be there, and files that were added later (logs, the certificate) do not count.
 * Throws what {@link openSource} throws.
 */
export async function compareTarget(
  machine: Machine,
  sourcePath: string,
  target: string,
): Promise<TargetComparison> {
  const kind = await lookAtTarget(machine, target)
  if (kind === 'absent') return { state: 'absent', evidence: ['The folder does not exist yet.'] }
  if (kind === 'empty') return { state: 'empty', evidence: ['The folder is empty.'] }
  if (kind === 'not-a-folder')
    return { state: 'foreign', evidence: ['There is a file or link at this path, not a folder.'] }
  if (kind === 'foreign') {
    const names = await machine.files.list(target)
    const shown = names.slice(0, EVIDENCE).join(', ')
    return {
      state: 'foreign',
      evidence: [`The folder holds other files: ${shown}${names.length > EVIDENCE ? ', …' : ''}.`],
    }
  }
  const source = await openSource(machine, sourcePath)
  requireServiceFiles(source)
  const differences: string[] = []
  for (const file of source.files) {
    const difference = await compareFile(machine, source, file, target)
    if (difference !== undefined) differences.push(difference)
    if (differences.length === EVIDENCE) break
  }
  return differences.length > 0
    ? { state: 'differs', evidence: differences }
    : { state: 'same', evidence: [`All ${source.files.length} files of the source are there.`] }
}

async function compareFile(
  machine: Machine,
  source: Source,
  file: SourceFile,
  target: string,
): Promise<string | undefined> {
  const path = join(target, file.path)
  const info = await machine.files.info(path)
  if (info?.kind !== 'file') return `${file.path} is missing.`
  if (PATCHED.has(file.path)) return undefined
  if (info.size !== file.size) return `${file.path} has ${info.size} bytes instead of ${file.size}.`
  const there = await machine.files.read(path)
  const wanted = file.crc32 ?? crc32(await source.read(file))
  return there && crc32(there) === wanted ? undefined : `${file.path} has other content.`
}
