import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { practiceWindows } from '../../practice/windows/machine.ts'
import { practiceSiteScript } from './scripts.ts'

/** Where the simulated Windows of a practice run keeps its drive and its state. */
export function practiceWindowsFolder(stateFolder: string): string {
  return join(stateFolder, 'practice', 'windows')
}

/** The machine of a practice run: everything is this machine’s, but Windows and its tools are simulated. */
export function practiceMachine(machine: Machine, stateFolder: string): Machine {
  return practiceWindows(machine, practiceWindowsFolder(stateFolder), {
    siteScript: practiceSiteScript,
    demonstration: true,
    creatioFolder: join(stateFolder, 'practice', 'Creatio'),
  })
}
