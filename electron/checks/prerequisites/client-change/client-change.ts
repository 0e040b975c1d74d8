import type { CheckReport } from '../../../contract/check.ts'
import { runChecks, type Check, type CheckRun } from '../../check.ts'
import { answersCheck } from '../answers.ts'
import { rightsCheck } from '../windows/rights.ts'
import { rowsCheck } from './rows.ts'
import { settingsCheck } from './settings.ts'
import type { ClientChangeSubject } from './subject.ts'

const everywhere: readonly Check<ClientChangeSubject>[] = [
  settingsCheck,
  rowsCheck,
  answersCheck('client-change.answers', 'If its client is the cause, go on.'),
]
const checks: Readonly<Record<'iis' | 'docker', readonly Check<ClientChangeSubject>[]>> = {
  iis: [rightsCheck, ...everywhere],
  docker: everywhere,
}

/** What has to be right before the client of a service is changed. Reads only. Never rejects. */
export function checkBeforeClientChange(
  subject: ClientChangeSubject,
  run: Omit<CheckRun, 'clock'>,
): Promise<readonly CheckReport[]> {
  const { installation, machine } = subject
  return runChecks(checks[installation.hosting], subject, { ...run, clock: machine.clock })
}
