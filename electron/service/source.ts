import type { Readable } from 'node:stream'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { openArchive } from './archive.ts'
import { openFolder } from './folder.ts'

export interface SourceFile {
  /** Relative, with `/`. */
  readonly path: string
  /** Bytes, unpacked. */
  readonly size: number
  /** CRC-32 from the archive's directory; a folder has none. */
  readonly crc32?: number
}

/** The vendor's files, wherever they lie: an archive or a folder. */
export interface Source {
  readonly kind: 'archive' | 'folder'
  readonly path: string
  readonly files: readonly SourceFile[]
  /** The whole file; only for those that fit `LIMITS.textBytes`. */
  read(file: SourceFile): Promise<Uint8Array>
  /**
   * The content as it is read; the stream fails when it is not what the archive's directory says, and with what
   * `meter`, told the size of each piece, throws.
   */
  stream(file: SourceFile, meter?: (bytes: number) => void): Readable
}

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
