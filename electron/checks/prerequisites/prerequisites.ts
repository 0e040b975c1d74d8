import type { CheckReport } from '../../contract/check.ts'
import { runChecks, type CheckRun } from '../check.ts'
import { archiveCheck } from './archive.ts'
import { databaseCheck } from './database.ts'
import { databaseFromContainerCheck } from './database-from-container.ts'
import { engineCheck } from './engine.ts'
import { namesCheck } from './names.ts'
import { portsCheck } from './ports.ts'
import { spaceCheck } from './space.ts'
import type { PrerequisiteSubject } from './subject.ts'
import { targetCheck } from './target.ts'
import { tlsCertificateCheck } from './tls-certificate.ts'

/** What can be looked at before the database and the names are asked for. */
const machineChecks = [archiveCheck, targetCheck, spaceCheck, engineCheck]
const answerChecks = [portsCheck, namesCheck, tlsCertificateCheck, databaseCheck, databaseFromContainerCheck]

/** Everything that has to be right before a setup changes anything. Reads only. Never rejects. */
export function checkPrerequisites(
  subject: PrerequisiteSubject,
  run: Omit<CheckRun, 'clock'>,
): Promise<readonly CheckReport[]> {
  return runChecks([...machineChecks, ...answerChecks], subject, { ...run, clock: subject.machine.clock })
}
