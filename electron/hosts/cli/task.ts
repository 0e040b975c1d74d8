import type { Task } from '../../contract/tasks.ts'
import { SetupError } from '../../contract/problem.ts'
import type { RunOutcome } from '../../contract/run.ts'
import { lockRuns } from '../../setup/lock.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'
import { printPlan } from './plan.ts'
import { progressPrinter } from './progress.ts'

export interface TaskWishes {
  readonly practice: boolean
  /** Shows the plan and changes nothing. */
  readonly planOnly: boolean
}

/** Plans a small setup and carries it out; a failure is taken back. Resolves to the exit code. */
export async function runTask(
  task: Task,
  { session, output, machine }: CommandContext,
  { practice, planOnly }: TaskWishes,
): Promise<number> {
  const planned = await session.prepareTask(task, practice)
  const found = await session.inspect(planned)
  if (planOnly) {
    printPlan(session.view(planned, found), output)
    return EXIT.done
  }
  if (planned.plan.elevation === 'asked') throw needsAdministrator()
  const recorded = [...found.values()].some(({ state }) => state !== 'as-wanted')
  const release = await lockRuns(machine, session.stateFolder, process.pid)
  try {
    const run = await session.run(planned, progressPrinter(output, true), { recorded, found })
    const outcome = await run.go()
    return exitCodeFor(outcome === 'failed' ? await run.rollBack() : outcome)
  } finally {
    await release()
  }
}

function exitCodeFor(outcome: RunOutcome): number {
  return outcome === 'done' || outcome === 'as-wanted' ? EXIT.done : EXIT.failed
}

/** The command line never asks for rights by itself: a prompt that nobody sees would keep a script waiting. */
export function needsAdministrator(): SetupError {
  return new SetupError({
    code: 'elevation.needed',
    what: 'This needs administrator rights.',
    next: 'Open a command prompt with “Run as administrator” and start the same command there.',
    untouched: 'Nothing was changed.',
  })
}
