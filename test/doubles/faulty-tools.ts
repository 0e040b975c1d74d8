import { basename } from 'node:path'
import { SetupError } from '../../electron/contract/problem.ts'
import type { Command, Machine } from '../../electron/machine/machine.ts'
import { practiceState } from '../../electron/practice/windows/machine.ts'

/**
 * How one call of a tool of the simulated Windows goes wrong:
 * `exit` it does nothing and ends with an exit code; `exit-after` it does its work and ends with one all the same;
 * `hang` it does nothing and does not end; `hang-after` it does its work and does not end; `half` it does its work and
 * half of its answer gets lost; `late` it only takes its time.
 */
export type ToolFault = 'exit' | 'exit-after' | 'hang' | 'hang-after' | 'half' | 'late'

export const TOOL_FAULTS: readonly ToolFault[] = ['exit', 'exit-after', 'hang', 'hang-after', 'half', 'late']

export interface FaultyTools {
  readonly machine: Machine
  /** Every call so far, such as `appcmd start site IDServiceWebsite`. */
  readonly calls: readonly string[]
}

/** What a tool ends with that has no meaning of its own to anybody. */
const EXIT_CODE = 2147
const HANG_MS = 30
const LATE_MS = 20

/**
 * A machine with a simulated Windows on which one call of a tool goes wrong.
 * @param server the simulation's folder
 * @param fault left out: the calls are only counted; `at` 1 is the first one
 */
export function faultyTools(
  machine: Machine,
  server: string,
  fault?: { readonly at: number; readonly how: ToolFault },
): FaultyTools {
  const calls: string[] = []
  const { processes } = machine

  async function run(command: Command) {
    const tool = basename(command.command)
      .toLowerCase()
      .replace(/\.exe$/, '')
    calls.push([tool, ...command.args].join(' '))
    if (fault?.at !== calls.length) return processes.run(command)
    if (fault.how === 'hang-after') {
      await processes.run(command)
      throw endless(tool)
    }
    const how = {
      exit: { kind: 'exit', code: EXIT_CODE },
      'exit-after': { kind: 'exit', code: EXIT_CODE, afterWork: true },
      hang: { kind: 'hang' },
      half: { kind: 'half' },
      late: { kind: 'late', ms: LATE_MS },
    } as const
    const armed = { tool, at: 1, how: how[fault.how] }
    await practiceState(machine, server).change(async ({ runtime }) => void runtime.faults.push(armed))
    return processes.run(fault.how === 'hang' ? { ...command, timeoutMs: HANG_MS } : command)
  }

  return { calls, machine: { ...machine, processes: { ...processes, run } } }
}

/** As the real machine says of a program that it had to end. */
function endless(tool: string): SetupError {
  return new SetupError({
    code: 'process.timeout',
    what: `“${tool}” did not end.`,
    next: 'Read the test that asked for this.',
  })
}
