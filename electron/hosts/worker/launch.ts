import { spawn } from 'node:child_process'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * Starts a worker with a command line, see {@link workerArguments}. Resolves when it was started or, at the latest,
 * when it has ended. Rejects with `elevation.refused` when the installer did not let it, with `elevation.impossible`
 * when Windows did not ask.
 */
export type Launch = (args: readonly string[]) => Promise<void>

/** Starts it as an ordinary process: for the practice run, whose Windows is not real. */
export const plainLaunch: Launch = async (args) => {
  const { file, args: own } = workerProgram()
  const child = spawn(file, [...own, ...args], {
    cwd: dirname(file),
    stdio: 'ignore',
    windowsHide: true,
  })
  await new Promise<void>((started, failed) => {
    child.once('spawn', started)
    child.once('error', failed)
  })
  child.unref()
}

/**
 * This program as a worker, by absolute path: the packaged program is one by its arguments; Electron in development
 * and Node have to be told what to run.
 */
export function workerProgram(): { readonly file: string; readonly args: readonly string[] } {
  const file = process.execPath
  const electron = process.versions['electron'] !== undefined
  if (electron && !/^electron(\.exe)?$/i.test(basename(file))) return { file, args: [] }
  const fromSource = basename(import.meta.dirname) === 'worker'
  const here = import.meta.dirname
  if (electron) return { file, args: [resolve(here, fromSource ? '../../..' : '../..')] }
  return { file, args: [fromSource ? resolve(here, '../worker.ts') : join(here, 'worker.js')] }
}
