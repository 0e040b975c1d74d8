import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { FoundInstallation, InstallationWishes } from './found.ts'

/**
 * Finds the installation in a folder, also one that was set up by hand after the vendor's manual. Reads only.
 * @throws SetupError `installation.not-found`; `installation.several` where more than one website or container serves
 *   the folder; `iis.not-elevated` where only an administrator could tell; `docker.…`, and what reading settings throws
 */
export async function findInstallation(
  _machine: Machine,
  _stateFolder: string,
  wishes: InstallationWishes,
): Promise<FoundInstallation> {
  throw new SetupError({ code: 'installation.not-found', what: wishes.target, next: 'Wait for the code.' })
}
