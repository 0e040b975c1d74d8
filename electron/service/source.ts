import type { Readable } from 'node:stream'

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
