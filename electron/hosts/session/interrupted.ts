import type { Answers } from '../../contract/answers.ts'
import { targetOf } from '../../scenarios/new-installation/made-before.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import type { Session } from './session.ts'

/** The newest interrupted run into the same folder, to be gone on with, so that a roll-back takes back both. */
export async function interruptedRunOf(session: Session, { service }: Answers): Promise<Journal | undefined> {
  const { journals } = await interruptedRuns(session.machine, session.stateFolder)
  return journals.find((journal) => targetOf(journal) === service.target)
}
