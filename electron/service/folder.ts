import { join } from 'node:path'
import { Readable } from 'node:stream'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { LIMITS } from './limits.ts'
import type { Source, SourceFile } from './source.ts'

/**
 * A folder as a source. Links in it are refused rather than followed: what they point to is not the vendor's.
 * Throws `source.link`, `source.special-file`, `source.too-large`.
 */
export async function openFolder(machine: Machine, root: string): Promise<Source> {
  const files: SourceFile[] = []
  let total = 0
  const walk = async (prefix: string): Promise<void> => {
    for (const name of await machine.files.list(join(root, prefix))) {
      const path = prefix === '' ? name : `${prefix}/${name}`
      const info = await machine.files.info(join(root, path))
      if (!info) continue
      if (info.kind === 'folder') {
        await walk(path)
        continue
      }
      if (info.kind !== 'file') throw notAFile(join(root, path), info.kind)
      files.push({ path, size: info.size })
      total += info.size
      if (files.length > LIMITS.entries || total > LIMITS.totalBytes) throw tooLarge(root)
    }
  }
  await walk('')
  const bytes = async (file: SourceFile): Promise<Uint8Array> => {
    const read = await machine.files.read(join(root, file.path))
    if (read) return read
    throw new SetupError({
      code: 'source.changed',
      what: 'A file of the service folder disappeared while it was being read.',
      where: { file: join(root, file.path) },
      next: 'Check that nothing else changes the folder, then try again.',
    })
  }
  return {
    kind: 'folder',
    path: root,
    files,
    read: bytes,
    stream: (file, meter) =>
      Readable.from(
        (async function* () {
          const content = await bytes(file)
          meter?.(content.length)
          yield content
        })(),
        { objectMode: false },
      ),
  }
}

function notAFile(path: string, kind: 'link' | 'other'): SetupError {
  return new SetupError({
    code: kind === 'link' ? 'source.link' : 'source.special-file',
    what: `The service folder holds ${kind === 'link' ? 'a link' : 'something that is neither file nor folder'}.`,
    where: { file: path },
    next: 'Choose the folder as it came out of IdentityService.zip, or the archive itself.',
  })
}

function tooLarge(root: string): SetupError {
  return new SetupError({
    code: 'source.too-large',
    what: `The folder holds more than ${LIMITS.entries} files or 2 GiB, so it is not the service alone.`,
    where: { file: root },
    next: 'Choose the folder that holds IdentityService.dll and nothing beside the service.',
  })
}
