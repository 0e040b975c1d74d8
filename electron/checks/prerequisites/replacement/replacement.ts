import type { CheckReport } from '../../../contract/check.ts'
import { runChecks, type Check, type CheckRun } from '../../check.ts'
import { answersCheck } from '../answers.ts'
import { rightsCheck } from '../windows/rights.ts'
import { folderCheck } from './folder.ts'
import type { ReplacementSubject } from './subject.ts'

const everywhere = [
  folderCheck,
  // A service that does not start because of its certificate is a reason to replace it.
  answersCheck('replacement.answers', 'If its certificate is the cause, go on.'),
] as const
const checks: Readonly<Record<'iis' | 'docker', readonly Check<ReplacementSubject>[]>> = {
  iis: [rightsCheck, ...everywhere],
  docker: everywhere,
}

/** What has to be right before the certificate of a service is replaced. Reads only. Never rejects. */
export function checkBeforeReplacement(
  subject: ReplacementSubject,
  run: Omit<CheckRun, 'clock'>,
): Promise<readonly CheckReport[]> {
  const { installation, machine } = subject
  return runChecks(checks[installation.hosting], subject, { ...run, clock: machine.clock })
}
