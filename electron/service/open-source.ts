import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { openArchive } from './archive.ts'
import { openFolder } from './folder.ts'
import type { Source } from './source.ts'

/**
 * Opens an archive or a folder and checks everything that can be checked without unpacking it.
 * Throws `source.missing`, and what {@link openArchive} and {@link openFolder} throw.
 */
export async function openSource(machine: Machine, path: string): Promise<Source> {
  const info = await machine.files.info(path)
  if (info?.kind === 'file') return openArchive(machine, path, info.size)
  if (info?.kind === 'folder') return openFolder(machine, path)
  throw new SetupError({
    code: info ? 'source.link' : 'source.missing',
    what: info ? 'This path is a link, not a file or folder.' : 'There is no file or folder at this path.',
    where: { file: path },
    next: info
      ? 'Choose the file or folder the link points to.'
      : 'Choose IdentityService.zip or the folder it was extracted to.',
  })
}
