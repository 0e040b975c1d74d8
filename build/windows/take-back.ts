import { takeBackPlan } from '../../electron/hosts/session/take-back.ts'
import { Redactor } from '../../electron/secrets/redactor.ts'
import { Journal, runsFolder } from '../../electron/setup/journal.ts'
import { Run } from '../../electron/setup/run.ts'
import { steps } from '../../electron/steps/registry.ts'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from './program.ts'
import type { Server } from './server.ts'

/**
 * Takes back a run that came to its end, by its journal, with the program's own undo. The window does this as long as
 * the result of a run is shown; the command line has no command for it.
 * @throws Error when not everything could be taken back.
 */
export async function takeBack({ machine, state }: Server, run: string): Promise<void> {
  const journal = await Journal.open(machine, join(runsFolder(state), run))
  const options = { machine, registry: steps, redactor: new Redactor(), journal }
  const back = new Run(takeBackPlan(journal), {
    ...options,
    onEvent: (event) => {
      if (event.type === 'failure') say(`${event.failure.problem.what} ${event.failure.problem.next}`)
      if (event.type === 'step') say(`${event.step.state}: ${event.step.title}`)
    },
  })
  const outcome = await back.rollBack()
  if (outcome !== 'undone') throw new Error(`Taking back ended as “${outcome}”.`)
}

/** Names of the runs that were recorded, oldest first. */
export async function recordedRuns({ state }: Server): Promise<string[]> {
  return (await readdir(runsFolder(state)).catch(() => [])).toSorted()
}
