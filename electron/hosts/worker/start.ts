import { join } from 'node:path'
import { realMachine } from '../../machine/real.ts'
import { readWorkerArguments } from './arguments.ts'
import { runWorker } from './run-worker.ts'
import { sessionPlans } from './session-plans.ts'

/** Exit code for a command line that is not a worker's. */
const NOT_A_WORKER = 2

/**
 * Runs a worker with the arguments of this process; see {@link runWorker} for the exit code.
 *
 * Windows looks for libraries in the current folder too, and whoever started an elevated process chose that folder:
 * https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order. So it is left first.
 */
export async function startWorker(args: readonly string[]): Promise<number> {
  const machine = realMachine()
  process.chdir(machine.windows ? join(machine.windows.windows, 'System32') : '/')
  const given = readWorkerArguments(args)
  return given ? runWorker(given, sessionPlans(machine)) : NOT_A_WORKER
}
