import { realClock, realRandom } from './clock-and-random.ts'
import { realFiles } from './files.ts'
import type { Machine, Processes, WindowsFolders } from './machine.ts'
import { realNetwork } from './network.ts'
import { privateAccess } from './private-access.ts'
import { realProcesses } from './processes.ts'

export interface RealMachineOptions {
  /** How a host starts its own scripts; the packaged desktop program cannot use `process.execPath` as Node. */
  readonly startScript?: Processes['startScript']
}

/** The machine this program runs on. */
export function realMachine(options: RealMachineOptions = {}): Machine {
  const processes = { ...realProcesses(), ...options }
  return {
    platform: process.platform,
    ...(process.platform === 'win32' ? { windows: windowsFolders(process.env) } : {}),
    files: realFiles(privateAccess(process.platform, processes)),
    processes,
    network: realNetwork(),
    clock: realClock,
    random: realRandom,
  }
}

/** A 32-bit process sees its own half of the programs under `ProgramFiles`; `ProgramW6432` is the same for both. */
function windowsFolders(environment: NodeJS.ProcessEnv): WindowsFolders {
  const programFiles = environment['ProgramW6432'] ?? environment['ProgramFiles'] ?? 'C:\\Program Files'
  return {
    windows: environment['SystemRoot'] ?? 'C:\\Windows',
    programFiles,
    programFilesX86: environment['ProgramFiles(x86)'] ?? `${programFiles} (x86)`,
  }
}
