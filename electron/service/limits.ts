/**
 * How large a service archive may be. A published ASP.NET Core service is some 50–200 MB unpacked; the limits
 * leave room for ten times that and stop archives that are made to fill a disk.
 */
export const LIMITS = {
  /** Bytes of the archive file, which is read into memory. */
  archiveBytes: 512 * 1024 * 1024,
  entries: 20_000,
  /** Bytes of one file after unpacking. */
  entryBytes: 512 * 1024 * 1024,
  /** Bytes of all files after unpacking. */
  totalBytes: 2 * 1024 * 1024 * 1024,
  /** Unpacked to packed. DEFLATE reaches 1032:1 on zeros, program files stay below 20:1. */
  ratio: 200,
  /** Below this many unpacked bytes the ratio says nothing: a small file of blanks is harmless. */
  ratioFrom: 16 * 1024 * 1024,
  /** Bytes of a settings or description file that is read into memory to be shown. */
  textBytes: 8 * 1024 * 1024,
  /** UTF-16 units of a path inside the archive. */
  nameLength: 400,
} as const
