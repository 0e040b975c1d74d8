import { createWriteStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'

/** What `dotnet publish` writes into web.config, and what this build of the service does not have. */
const PROGRAM = 'IdentityService.dll'
const MISSING = 'IdentityService.Missing.dll'

/**
 * Copies `IdentityService.zip` with a web.config that names a program which is not there: everything can be installed,
 * and the last step, the first answer of the service, fails.
 * @throws Error when the archive has no web.config that names the program.
 */
export async function breakArchive(archive: string, copy: string): Promise<void> {
  const source = await openPromise(archive, { lazyEntries: true })
  const broken = new ZipFile()
  let changed = false
  for await (const entry of source.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    let bytes = await buffer(await source.openReadStreamPromise(entry))
    if (entry.fileName === 'web.config') {
      const text = bytes.toString('utf8')
      changed = text.includes(PROGRAM)
      bytes = Buffer.from(text.replaceAll(PROGRAM, MISSING))
    }
    broken.addBuffer(bytes, entry.fileName, { mode: 0o100644 })
  }
  if (!changed) throw new Error(`${archive} has no web.config that names ${PROGRAM}.`)
  broken.end()
  await pipeline(broken.outputStream, createWriteStream(copy))
}
