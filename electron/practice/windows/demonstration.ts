import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { makeMachineCertificates } from './certificates.ts'
import { PRACTICE_BUNDLE, printBundle } from './hosting-bundle-file.ts'
import type { ServerState } from './state.ts'
import type { SimulatedServer } from './tool.ts'

/** Where the practice installer of the hosting bundle lies, below the folder of a simulated server. */
export function practiceInstaller(folder: string): string {
  return join(folder, 'drive', 'Install', 'dotnet-hosting-8.0.22-win.exe')
}

/**
 * Gives a new server what somebody who practises can choose from: certificates of the machine, and an installer of the
 * hosting bundle. Once only, so that what was removed stays removed.
 */
export async function layDemonstration(
  machine: Machine,
  folder: string,
  state: ServerState,
  protect: SimulatedServer['protect'],
): Promise<void> {
  const installer = practiceInstaller(folder)
  if (await machine.files.info(installer)) return
  state.certificates.push(...(await makeMachineCertificates(machine, [hostname()], protect)))
  await machine.files.makeFolder(join(folder, 'drive', 'Install'))
  await machine.files.write(installer, printBundle(PRACTICE_BUNDLE))
}
