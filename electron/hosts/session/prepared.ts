import type {
  Answers,
  ChangeClientAnswers,
  ReplaceCertificateAnswers,
  SetupAnswers,
} from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Task } from '../../contract/tasks.ts'
import type { Machine } from '../../machine/machine.ts'
import type { ClientChangeFacts } from '../../scenarios/change-client/facts.ts'
import type { SystemClient } from '../../scenarios/new-installation/client-facts.ts'
import type { Facts } from '../../scenarios/new-installation/facts.ts'
import type { ReplacementFacts } from '../../scenarios/replace-certificate/facts.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Plan } from '../../setup/plan.ts'

/** A plan, what was asked for, and the machine it is for. */
export interface Planned {
  readonly id: string
  /** What goes into the journal. */
  readonly request: SetupAnswers | Task
  readonly plan: Plan
  /** The real one, or in a practice run the one with the simulated Windows. */
  readonly machine: Machine
}

export interface PreparedInstallation extends Planned {
  readonly scenario: 'new-installation'
  readonly answers: Answers
  readonly facts: Facts
}

interface PreparedReplacement extends Planned {
  readonly scenario: 'replace-certificate'
  readonly answers: ReplaceCertificateAnswers
  readonly facts: ReplacementFacts
}

export interface PreparedClientChange extends Planned {
  readonly scenario: 'change-client'
  readonly answers: ChangeClientAnswers
  readonly facts: ClientChangeFacts
}

/** A plan with everything it came from: what a door holds between "review" and "install". */
export type Prepared = PreparedInstallation | PreparedReplacement | PreparedClientChange

/** The system client that a plan leaves behind; undefined where it stays as it is. */
export function clientIn(
  prepared: Prepared,
): (Pick<SystemClient, 'id' | 'from'> & { secret?: Secret }) | undefined {
  switch (prepared.scenario) {
    case 'new-installation':
      return prepared.facts.client
    case 'change-client':
      return prepared.facts.wanted
    case 'replace-certificate':
      return undefined
  }
}

export type PreparedOrProblems = { readonly prepared: Prepared } | { readonly problems: readonly Problem[] }
