import type { Machine } from '../../machine/machine.ts'
import { startElevated } from '../../windows/elevate.ts'
import { workerProgram, type Launch } from './launch.ts'

/** Starts a worker elevated: Windows asks the installer. */
export function elevatedLaunch(machine: Machine): Launch {
  return (args) => {
    const { file, args: own } = workerProgram()
    return startElevated(machine, { file, args: [...own, ...args] })
  }
}
