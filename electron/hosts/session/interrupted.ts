import type { Answers } from '../../contract/answers.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import type { Session } from './session.ts'

/** The newest interrupted run into the same folder, to be gone on with, so that a roll-back takes back both. */
export async function interruptedRunOf(session: Session, { service }: Answers): Promise<Journal | undefined> {
  const { journals } = await interruptedRuns(session.machine, session.stateFolder)
  return journals.find(({ head }) => targetOf(head.answers) === service.target)
}

/** The target folder in answers of whatever version a journal holds. */
function targetOf(answers: unknown): unknown {
  const { service } = (answers ?? {}) as { service?: { target?: unknown } }
  return service?.target
}
