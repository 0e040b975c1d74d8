import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { buildDotnet, filesBelow } from './dotnet-build.ts'

/** A fixed moment, so that the same sources give the same archive. */
const PACKED = new Date(2025, 0, 15, 12, 0, 0)

interface PublishedService {
  /** The published program, as it lies in the archive. Shared between tests: read it, never write into it. */
  readonly folder: string
  /** `IdentityService.zip`. */
  readonly archive: string
}

/**
 * The double of the vendor's service as an `IdentityService.zip`, built once ({@link buildDotnet}).
 * @returns the path of the archive.
 * @throws Error with the reason when `dotnet` is missing or the build fails.
 */
export async function buildIdentityServiceArchive(): Promise<string> {
  return (await buildIdentityService()).archive
}

/** The same, with the folder that was packed. */
export async function buildIdentityService(): Promise<PublishedService> {
  const home = await buildDotnet({
    name: 'identity-service',
    project: 'IdentityService.csproj',
    after: (result) => pack(join(result, 'published'), join(result, 'IdentityService.zip')),
  })
  return { folder: join(home, 'published'), archive: join(home, 'IdentityService.zip') }
}

async function pack(folder: string, archive: string): Promise<void> {
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const name of await filesBelow(folder))
    zip.addBuffer(await readFile(join(folder, name)), name, { mtime: PACKED, mode: 0o100644 })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(archive))
}
