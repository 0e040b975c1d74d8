import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { readInstallation, type Installation } from '../../service/installation.ts'

/** The record of an installation that a page names. @throws SetupError `installation.unknown` */
export async function installationOrThrow(
  machine: Machine,
  stateFolder: string,
  id: string,
): Promise<Installation> {
  const record = /^[0-9a-f]{12}$/.test(id) ? await readInstallation(machine, stateFolder, id) : undefined
  if (record) return record
  throw new SetupError({
    code: 'installation.unknown',
    what: 'This installation is no longer known.',
    next: 'Go back to the start page and look again.',
  })
}
