import type { SetupAnswers } from '../../contract/answers.ts'
import { sameFolder } from '../../scenarios/installation/recorded.ts'
import { targetOf } from '../../scenarios/new-installation/made-before.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import { folderIn } from './scenarios.ts'
import type { Session } from './session.ts'

/**
 * The newest interrupted run of the same scenario in the same folder, to be gone on with, so that a roll-back takes
 * back both.
 */
export async function interruptedRunOf(
  session: Session,
  answers: SetupAnswers,
): Promise<Journal | undefined> {
  const { journals } = await interruptedRuns(session.machine, session.stateFolder)
  const folder = folderIn(answers)
  return journals.find(
    (journal) => isIn(session, journal, folder) && scenarioOf(journal) === answers.scenario,
  )
}

/** Whether a run was about the service in a folder, however that is spelled. */
export function isIn({ machine }: Session, journal: Journal, folder: string): boolean {
  const target = targetOf(journal)
  return typeof target === 'string' && sameFolder(machine, target, folder)
}

function scenarioOf({ head }: Journal): unknown {
  const { scenario } = (head.answers ?? {}) as { readonly scenario?: unknown }
  return scenario
}
