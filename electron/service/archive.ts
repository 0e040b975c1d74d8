import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { archiveProblem, unreadable } from './archive-problem.ts'
import { flawOfName, nameKey } from './entry-name.ts'
import { LIMITS } from './limits.ts'
import type { Source } from './source.ts'

/**
 * Opens a zip archive and checks its directory: names, kinds, encryption, compression, sizes, doubles.
 *
 * Throws a SetupError `archive.*`: empty, too-large, not-a-zip, truncated, damaged, path-escape, bad-name,
 * link, encrypted, compression, duplicate, bomb. Streams throw `archive.damaged` and `archive.bomb`.
 */
export async function openArchive(machine: Machine, path: string, size: number): Promise<Source> {
  if (size === 0) throw archiveProblem('empty', 'The archive has 0 bytes.', path)
  if (size > LIMITS.archiveBytes)
    throw archiveProblem('too-large', 'The archive is larger than 512 MiB, so it is not the service.', path, {
      next: 'Choose IdentityService.zip, not the whole Creatio distribution.',
    })
  const bytes = await machine.files.read(path)
  if (!bytes) throw archiveProblem('missing', 'The archive disappeared while it was being read.', path)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const { zip, entries } = await readDirectory(buffer, path)
  const byPath = checkEntries(entries, size, path)
  const stream: Source['stream'] = (file, meter = () => undefined) =>
    Readable.from(unpack(zip, byPath.get(file.path)!, file.path, path, meter), { objectMode: false })
  return {
    kind: 'archive',
    path,
    files: [...byPath].map(([name, entry]) => ({
      path: name,
      size: entry.uncompressedSize,
      crc32: entry.crc32,
    })),
    stream,
    read: async (file) => {
      if (file.size > LIMITS.textBytes)
        throw archiveProblem('bomb', `${file.path} is larger than such a file can be.`, path)
      const chunks: Buffer[] = []
      for await (const chunk of stream(file)) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    },
  }
}

async function readDirectory(buffer: Buffer, path: string): Promise<{ zip: ZipFile; entries: Entry[] }> {
  try {
    // Names stay bytes here, because yauzl would quietly turn backslashes into slashes.
    const zip = await fromBufferPromise(buffer, { decodeStrings: false, autoClose: false })
    if (zip.entryCount > LIMITS.entries)
      throw archiveProblem('bomb', `The archive holds more than ${LIMITS.entries} entries.`, path)
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    return { zip, entries }
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw unreadable(path, buffer, error)
  }
}

/** The files among the entries by their names; the folders are made as the files need them. */
function checkEntries(entries: readonly Entry[], archiveSize: number, path: string): Map<string, Entry> {
  const files = new Map<string, Entry>()
  const keys = new Map<string, string>()
  const folders = new Map<string, string>()
  let total = 0
  for (const entry of entries) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
    const flaw = flawOfName(name, LIMITS.nameLength)
    if (flaw)
      throw archiveProblem(
        flaw.kind === 'escape' ? 'path-escape' : 'bad-name',
        `The archive holds an entry that may not be extracted: ${JSON.stringify(name.slice(0, 200))}.`,
        path,
        {
          cause: `Refused because ${flaw.why}.`,
          next: 'Take IdentityService.zip from the Creatio distribution again, or choose a folder extracted from it by a program you trust.',
        },
      )
    checkKind(entry, name, path)
    for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1))
      folders.set(nameKey(name.slice(0, at)), name)
    if (name.endsWith('/')) continue
    checkSize(entry, name, archiveSize, path)
    total += entry.uncompressedSize
    if (total > LIMITS.totalBytes || (total > LIMITS.ratioFrom && total / archiveSize > LIMITS.ratio))
      throw archiveProblem('bomb', 'The archive would unpack to far more than a service needs.', path)
    const twin = keys.get(nameKey(name))
    if (twin !== undefined) throw duplicate(path, twin, name)
    keys.set(nameKey(name), name)
    files.set(name, entry)
  }
  for (const [key, name] of keys) if (folders.has(key)) throw duplicate(path, name, folders.get(key)!)
  return files
}

function checkKind(entry: Entry, name: string, path: string): void {
  // The upper half holds Unix mode bits where Unix or macOS made the entry; 0xA000 is a link. Refused whatever
  // system is named there, as unpackers differ in whether they look. 0x400 is NTFS's mark of a reparse point.
  const unixKind = (entry.externalFileAttributes >>> 16) & 0xf000
  if (![0, 0x4000, 0x8000].includes(unixKind) || entry.externalFileAttributes & 0x400)
    throw archiveProblem('link', `${name} in the archive is a link or device, not a file.`, path)
  if (entry.isEncrypted())
    throw archiveProblem('encrypted', `${name} in the archive is protected by a password.`, path, {
      next: 'Choose IdentityService.zip as the Creatio distribution holds it, without a password.',
    })
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw archiveProblem(
      'compression',
      `${name} in the archive is packed in a way that is not supported.`,
      path,
      {
        cause: `Compression method ${entry.compressionMethod}; zip archives for Creatio use 8 (DEFLATE).`,
        next: 'Extract the archive with the program that made it and choose the folder.',
      },
    )
}

function checkSize(entry: Entry, name: string, archiveSize: number, path: string): void {
  if (entry.relativeOffsetOfLocalHeader + entry.compressedSize > archiveSize)
    throw archiveProblem('truncated', `The archive is cut off: ${name} lies beyond its end.`, path)
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (
    entry.uncompressedSize > LIMITS.entryBytes ||
    (entry.uncompressedSize > LIMITS.ratioFrom && ratio > LIMITS.ratio)
  )
    throw archiveProblem('bomb', `${name} in the archive would unpack to an unreasonable size.`, path, {
      cause: `${entry.compressedSize} bytes would become ${entry.uncompressedSize}.`,
    })
}

function duplicate(path: string, first: string, second: string): Error {
  return archiveProblem('duplicate', 'The archive holds two entries for the same file.', path, {
    cause: `${first} and ${second} are one name on Windows.`,
  })
}

/**
 * The unpacked content, measured and summed on its way: what the directory claims is not believed. Nothing happens
 * before the first read, so that no failure comes before someone listens.
 */
async function* unpack(
  zip: ZipFile,
  entry: Entry,
  name: string,
  path: string,
  meter: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let sum = 0
  let count = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const piece = chunk as Buffer
      sum = crc32(piece, sum)
      count += piece.length
      meter(piece.length)
      yield piece
    }
    if (count !== entry.uncompressedSize)
      throw new Error(`${count} bytes instead of ${entry.uncompressedSize}.`)
    if (sum !== entry.crc32) throw new Error('The checksum (CRC-32) differs.')
  } catch (error) {
    if (error instanceof SetupError) throw error
    // yauzl stops inflating as soon as there is more than the directory says.
    throw /too many bytes/i.test(String(error))
      ? archiveProblem('bomb', `${name} in the archive unpacks to more than its directory says.`, path)
      : archiveProblem('damaged', `${name} in the archive is damaged.`, path, {
          details: [error instanceof Error ? error.message : String(error)],
          source: error,
        })
  }
}
