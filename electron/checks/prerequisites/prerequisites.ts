import type { CheckReport } from '../../contract/check.ts'
import { runChecks, type Check, type CheckRun } from '../check.ts'
import { archiveCheck } from './archive.ts'
import { databaseCheck } from './database.ts'
import { databaseFromContainerCheck } from './docker/database-from-container.ts'
import { engineCheck } from './docker/engine.ts'
import { namesCheck } from './docker/names.ts'
import { portsCheck } from './docker/ports.ts'
import { tlsCertificateCheck } from './docker/tls-certificate.ts'
import { spaceCheck } from './space.ts'
import type { PrerequisiteSubject } from './subject.ts'
import { targetCheck } from './target.ts'
import { accountCheck } from './windows/account.ts'
import { certificateCheck } from './windows/certificate.ts'
import { creatioSiteCheck } from './windows/creatio-site.ts'
import { driveCheck } from './windows/drive.ts'
import { featuresCheck } from './windows/features.ts'
import { loginCheck } from './windows/login.ts'
import { moduleCheck } from './windows/module.ts'
import { websiteNamesCheck } from './windows/names.ts'
import { websitePortsCheck } from './windows/ports.ts'
import { restartCheck } from './windows/restart.ts'
import { rightsCheck } from './windows/rights.ts'
import { runtimeCheck } from './windows/runtime.ts'
import { servicesCheck } from './windows/services.ts'
import { versionCheck } from './windows/version.ts'

const files = [archiveCheck, targetCheck, spaceCheck]

/** What each hosting needs; first what can be looked at before the database and the names are asked for. */
const checks: Readonly<Record<'iis' | 'docker', readonly Check<PrerequisiteSubject>[]>> = {
  iis: [
    ...files,
    driveCheck,
    versionCheck,
    rightsCheck,
    featuresCheck,
    servicesCheck,
    moduleCheck,
    runtimeCheck,
    restartCheck,
    creatioSiteCheck,
    websiteNamesCheck,
    websitePortsCheck,
    accountCheck,
    certificateCheck,
    databaseCheck,
    loginCheck,
  ],
  docker: [
    ...files,
    engineCheck,
    portsCheck,
    namesCheck,
    tlsCertificateCheck,
    databaseCheck,
    databaseFromContainerCheck,
  ],
}

/** Everything that has to be right before a setup changes anything. Reads only. Never rejects. */
export function checkPrerequisites(
  subject: PrerequisiteSubject,
  run: Omit<CheckRun, 'clock'>,
): Promise<readonly CheckReport[]> {
  return runChecks(checks[subject.answers.hosting], subject, { ...run, clock: subject.machine.clock })
}
