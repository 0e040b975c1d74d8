import { realClock, realRandom } from './clock-and-random.ts'
import { realFiles } from './files.ts'
import type { Machine, Processes } from './machine.ts'
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
    files: realFiles(privateAccess(process.platform, processes)),
    processes,
    network: realNetwork(),
    clock: realClock,
    random: realRandom,
  }
}
