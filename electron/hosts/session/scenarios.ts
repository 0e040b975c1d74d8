import { checkPrerequisites } from '../../checks/prerequisites/prerequisites.ts'
import { checkBeforeReplacement } from '../../checks/prerequisites/replacement/replacement.ts'
import type { PrerequisiteSubject } from '../../checks/prerequisites/subject.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { SetupAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { contradictions } from '../../scenarios/new-installation/check-answers.ts'
import { gatherFacts, type FactSources } from '../../scenarios/new-installation/facts.ts'
import { layoutOf } from '../../scenarios/new-installation/layout.ts'
import { planNewInstallation, servicePlace } from '../../scenarios/new-installation/plan.ts'
import { replacementProblems } from '../../scenarios/replace-certificate/check.ts'
import { gatherReplacementFacts } from '../../scenarios/replace-certificate/facts.ts'
import { planReplacement } from '../../scenarios/replace-certificate/plan.ts'
import { installationIn, type Installation } from '../../service/installation.ts'
import { placeOf, type ServicePlace } from '../../steps/service-place.ts'
import type { Prepared, PreparedInstallation, PreparedReplacement } from './prepared.ts'
import type { Session } from './session.ts'

/** What differs from scenario to scenario, asked in one place. */

/** Answers that contradict each other, or that no machine could carry out. */
export function contradictionsIn(answers: SetupAnswers): readonly Problem[] {
  return answers.scenario === 'new-installation' ? contradictions(answers) : replacementProblems(answers)
}

type Scenario = Omit<PreparedInstallation, 'id' | 'machine'> | Omit<PreparedReplacement, 'id' | 'machine'>

/** Gathers the facts, read only, and plans. @throws SetupError for an answer that cannot be carried out */
export async function prepareScenario(answers: SetupAnswers, sources: FactSources): Promise<Scenario> {
  if (answers.scenario === 'new-installation') {
    const facts = await gatherFacts(answers, sources)
    const plan = planNewInstallation(answers, facts)
    return { scenario: answers.scenario, request: answers, answers, facts, plan }
  }
  const facts = await gatherReplacementFacts(answers, sources)
  const plan = planReplacement(answers, facts)
  // Whoever goes on with it, or asks for the same again, has to know which certificate was meant.
  const request = { ...(facts.current ? { replaces: facts.current.thumbprint } : {}), ...answers }
  return { scenario: answers.scenario, request, answers, facts, plan }
}

/** The folder of the service that answers are about. */
export function folderIn(answers: SetupAnswers): string {
  return answers.scenario === 'new-installation' ? answers.service.target : answers.installation.target
}

/** The installation that a plan has set up or changed. @throws SetupError `installation.unknown` */
export async function installationOf(session: Session, prepared: Prepared): Promise<Installation> {
  return installationIn(session.machine, session.stateFolder, folderIn(prepared.answers))
}

/** Where the service of a plan runs. */
export function placeIn(prepared: Prepared): ServicePlace {
  return prepared.scenario === 'new-installation'
    ? servicePlace(prepared.answers, layoutOf(prepared.answers))
    : placeOf(prepared.facts.found.installation)
}

interface CheckingRun {
  readonly signal?: AbortSignal
  readonly onCheck?: (check: CheckReport) => void
}

/** Everything that has to be right before a plan changes anything. Reads only. Never rejects. */
export function prerequisitesOf(prepared: Prepared, run: CheckingRun = {}): Promise<readonly CheckReport[]> {
  return prepared.scenario === 'new-installation'
    ? checkPrerequisites(subjectOf(prepared), run)
    : checkBeforeReplacement(
        {
          machine: prepared.machine,
          installation: prepared.facts.found.installation,
          pfx: prepared.facts.place,
        },
        run,
      )
}

function subjectOf({ answers, facts, machine }: PreparedInstallation): PrerequisiteSubject {
  const { source, database, tlsPassword, engine, engineLook, machineName, website } = facts
  return {
    machine,
    answers,
    source,
    database,
    ...(tlsPassword ? { tlsPassword } : {}),
    ...(engine ? { engine } : {}),
    ...(engineLook ? { engineLook } : {}),
    machineName,
    ...(website ? { website } : {}),
  }
}
