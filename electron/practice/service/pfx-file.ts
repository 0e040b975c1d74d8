import { readFile } from 'node:fs/promises'
import { CRYPTOGRAPHIC, StartFailure } from './failure.ts'
import type { ReadFile } from './settings.ts'

/** How a system hands a PFX file to .NET, and what .NET says there when it does not. */
export interface PfxFile {
  /** The file's bytes. Rejects with a StartFailure. */
  readonly read: (path: string) => Promise<Buffer>
  /** Called when the file is open, before its private key is put where the system keeps keys. Throws a StartFailure. */
  readonly beforeKey: () => void
}

/** OpenSSL reads the file itself, and for a missing one does not say which. */
export const onLinux: PfxFile = {
  read: (path) =>
    readFile(path).catch((error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT' ? '10000080:BIO routines::no such file' : '10080002:BIO routines::system lib'
      throw new StartFailure('Interop+Crypto+OpenSslCryptographicException', `error:${reason}`)
    }),
  beforeKey: () => undefined,
}

/**
 * Windows puts the private key into the user's profile. In a worker process without one it does not find the place,
 * and says so in the same words as of a missing file. https://github.com/dotnet/runtime/issues/59329
 *
 * @param read rejects with `EACCES` where the account may not read
 * @param userProfile whether the account's profile is loaded
 */
export function onWindows(read: ReadFile, userProfile: boolean): PfxFile {
  const notFound = () => new StartFailure(CRYPTOGRAPHIC, 'The system cannot find the file specified.')
  return {
    read: (path) =>
      read(path).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? notFound() : new StartFailure(CRYPTOGRAPHIC, 'Access is denied.')
      }),
    beforeKey: () => {
      if (!userProfile) throw notFound()
    },
  }
}
