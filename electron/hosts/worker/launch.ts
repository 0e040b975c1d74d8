import { basename, join, resolve } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { startElevated } from '../../windows/elevate.ts'

/**
 * Starts a worker with a command line, see {@link workerArguments}. Resolves when it was started or, at the latest,
 * when it has ended. Rejects with `elevation.refused` when the installer did not let it, with `elevation.impossible`
 * when Windows did not ask.
 */
export type Launch = (args: readonly string[]) => Promise<void>

/** Starts a worker elevated: Windows asks the installer. On the machine of a practice run a simulated Windows does. */
export function elevatedLaunch(machine: Machine): Launch {
  return (args) => {
    const { file, args: own } = workerProgram()
    return startElevated(machine, { file, args: [...own, ...args] })
  }
}

/**
 * This program as a worker, by absolute path: the packaged program is one by its arguments; Electron in development
 * and Node have to be told what to run.
 */
function workerProgram(): { readonly file: string; readonly args: readonly string[] } {
  const file = process.execPath
  const electron = process.versions['electron'] !== undefined
  if (electron && !/^electron(\.exe)?$/i.test(basename(file))) return { file, args: [] }
  const fromSource = basename(import.meta.dirname) === 'worker'
  const here = import.meta.dirname
  if (electron) return { file, args: [resolve(here, fromSource ? '../../..' : '../..')] }
  return { file, args: [fromSource ? resolve(here, '../worker.ts') : join(here, 'worker.js')] }
}
