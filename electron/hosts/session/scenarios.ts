import { checkPrerequisites } from '../../checks/prerequisites/prerequisites.ts'
import { checkBeforeReplacement } from '../../checks/prerequisites/replacement/replacement.ts'
import type { PrerequisiteSubject } from '../../checks/prerequisites/subject.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { SetupAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { checkBeforeClientChange } from '../../checks/prerequisites/client-change/client-change.ts'
import type { ClientChangeSubject } from '../../checks/prerequisites/client-change/subject.ts'
import type { Machine } from '../../machine/machine.ts'
import { clientChangeProblems } from '../../scenarios/change-client/check.ts'
import { gatherClientChangeFacts } from '../../scenarios/change-client/facts.ts'
import { planClientChange } from '../../scenarios/change-client/plan.ts'
import { contradictions } from '../../scenarios/new-installation/check-answers.ts'
import { gatherFacts, type FactSources } from '../../scenarios/new-installation/facts.ts'
import { layoutOf } from '../../scenarios/new-installation/layout.ts'
import { planNewInstallation, servicePlace } from '../../scenarios/new-installation/plan.ts'
import { replacementProblems } from '../../scenarios/replace-certificate/check.ts'
import { gatherReplacementFacts } from '../../scenarios/replace-certificate/facts.ts'
import { planReplacement } from '../../scenarios/replace-certificate/plan.ts'
import { installationIn, type Installation } from '../../service/installation.ts'
import { placeOf, type ServicePlace } from '../../steps/service-place.ts'
import type { Prepared, PreparedClientChange, PreparedInstallation } from './prepared.ts'

/** What differs from scenario to scenario, asked in one place. */

/** Answers that contradict each other, or that no machine could carry out. */
export function contradictionsIn(answers: SetupAnswers): readonly Problem[] {
  switch (answers.scenario) {
    case 'new-installation':
      return contradictions(answers)
    case 'replace-certificate':
      return replacementProblems(answers)
    case 'change-client':
      return clientChangeProblems(answers)
  }
}

type Of<P> = P extends Prepared ? Omit<P, 'id' | 'machine' | 'request'> : never
type Scenario = Of<Prepared> & Pick<Prepared, 'request'>

/** Gathers the facts, read only, and plans. @throws SetupError for an answer that cannot be carried out */
export async function prepareScenario(answers: SetupAnswers, sources: FactSources): Promise<Scenario> {
  const planned = await planScenario(answers, sources)
  return { ...planned, request: asMeant(answers, planned) }
}

async function planScenario(answers: SetupAnswers, sources: FactSources): Promise<Of<Prepared>> {
  const { scenario } = answers
  switch (scenario) {
    case 'new-installation': {
      const facts = await gatherFacts(answers, sources)
      return { scenario, answers, facts, plan: planNewInstallation(answers, facts) }
    }
    case 'replace-certificate': {
      const facts = await gatherReplacementFacts(answers, sources)
      return { scenario, answers, facts, plan: planReplacement(answers, facts) }
    }
    case 'change-client': {
      const facts = await gatherClientChangeFacts(answers, sources)
      return { scenario, answers, facts, plan: planClientChange(answers, facts) }
    }
  }
}

/**
 * Answers with what was found to be meant by them: whoever goes on with them, or asks for the same again, has to know
 * which certificate or client was there before.
 */
export function asMeant(answers: SetupAnswers, planned: Of<Prepared>): SetupAnswers {
  if (answers.scenario === 'replace-certificate' && planned.scenario === 'replace-certificate') {
    const { current } = planned.facts
    return { ...(current ? { replaces: current.thumbprint } : {}), ...answers }
  }
  if (answers.scenario === 'change-client' && planned.scenario === 'change-client') {
    const { former, toGo, wanted } = planned.facts
    const id = answers.client.id === 'generate' ? { id: wanted.id } : {}
    return {
      ...(toGo ? { row: toGo.key } : {}),
      ...answers,
      client: { ...answers.client, current: former.id, ...id },
    }
  }
  return answers
}

/** The folder of the service that answers are about. */
export function folderIn(answers: SetupAnswers): string {
  return answers.scenario === 'new-installation' ? answers.service.target : answers.installation.target
}

/** The installation that a plan has set up or changed. @throws SetupError `installation.unknown` */
export async function installationOf(
  session: { readonly machine: Machine; readonly stateFolder: string },
  prepared: Prepared,
): Promise<Installation> {
  // The record spells the folder as it was spelled when it was made.
  const folder =
    prepared.scenario === 'new-installation'
      ? folderIn(prepared.answers)
      : prepared.facts.found.installation.target
  return installationIn(session.machine, session.stateFolder, folder)
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
  const { machine } = prepared
  switch (prepared.scenario) {
    case 'new-installation':
      return checkPrerequisites(subjectOf(prepared), run)
    case 'replace-certificate': {
      const { found, place, elevated } = prepared.facts
      const { installation, pfx: former, trust } = found
      const known = trust === undefined ? {} : { trust }
      const subject = { machine, installation, pfx: place, moved: place !== former, elevated, ...known }
      return checkBeforeReplacement(subject, run)
    }
    case 'change-client':
      return checkBeforeClientChange(changeSubjectOf(prepared), run)
  }
}

function changeSubjectOf({ machine, facts }: PreparedClientChange): ClientChangeSubject {
  const { found, settings, database, former } = facts
  return {
    machine,
    installation: found.installation,
    ...(found.trust === undefined ? {} : { trust: found.trust }),
    settings: settings.path,
    ...(database ? { database } : {}),
    clientId: former.id,
  }
}

function subjectOf({ answers, facts, machine }: PreparedInstallation): PrerequisiteSubject {
  const { source, database, newDatabase, tlsPassword, engine, engineLook, machineName, website } = facts
  return {
    machine,
    answers,
    source,
    database,
    ...(newDatabase ? { newDatabase } : {}),
    ...(tlsPassword ? { tlsPassword } : {}),
    ...(engine ? { engine } : {}),
    ...(engineLook ? { engineLook } : {}),
    machineName,
    ...(website ? { website } : {}),
  }
}
