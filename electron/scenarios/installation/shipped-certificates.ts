import { dirname, join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { openSource } from '../../service/open-source.ts'
import {
  fileOf,
  readCertificates,
  type CertificateFile,
  type KnownCertificates,
} from './certificate-files.ts'
import { sameFolder } from './recorded.ts'

const PFX = /\.(pfx|p12)$/i

/** Where the vendor's scripts lie; what they make goes elsewhere. */
const SCRIPT_FOLDERS = ['pfx', join('pfx', 'win'), join('pfx', 'linux')]

export interface AboutSource {
  /** Whether the service was installed into that folder. */
  readonly installed: boolean
  /**
   * Files that may have been made for this installation, such as the one in use and the chosen one. Beside the vendor's
   * scripts they are samples all the same.
   */
  readonly except?: readonly string[]
}

/**
 * Certificates that came with the service, the same in every copy of a build: of an archive or an extracted folder all
 * PFX files; of a folder that was installed into, those beside the vendor's scripts (`pfx`, `pfx/win`, `pfx/linux`),
 * because what lies elsewhere was made for this installation.
 * @param path the archive, the extracted folder, or the folder of an installation
 * @throws what `openSource` throws, for an archive or extracted folder
 */
export async function shippedCertificates(
  machine: Machine,
  path: string,
  { installed, except = [] }: AboutSource,
): Promise<KnownCertificates> {
  const files = installed ? await besideScripts(machine, path) : await inSource(machine, path)
  const folders = SCRIPT_FOLDERS.map((name) => join(path, name))
  const isSample = (file: string) => folders.some((folder) => sameFolder(machine, folder, dirname(file)))
  const own = except.filter((file) => !isSample(file))
  return readCertificates(files.filter((file) => !own.some((each) => sameFolder(machine, each, file.path))))
}

async function besideScripts(machine: Machine, folder: string): Promise<readonly CertificateFile[]> {
  const found = await Promise.all(
    SCRIPT_FOLDERS.map(async (name) => {
      const names = await machine.files.list(join(folder, name)).catch(() => [])
      return names.filter((each) => PFX.test(each)).map((each) => join(name, each))
    }),
  )
  return found.flat().map((name) => fileOf(machine, name, join(folder, name)))
}

async function inSource(machine: Machine, path: string): Promise<readonly CertificateFile[]> {
  const source = await openSource(machine, path)
  return source.files
    .filter((file) => PFX.test(file.path))
    .map((file) =>
      source.kind === 'folder'
        ? fileOf(machine, file.path, join(path, file.path))
        : { name: file.path, path: file.path, read: () => source.read(file) },
    )
}
