import type { Answers, ReplaceCertificateAnswers, SetupAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Task } from '../../contract/tasks.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Facts } from '../../scenarios/new-installation/facts.ts'
import type { ReplacementFacts } from '../../scenarios/replace-certificate/facts.ts'
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

export interface PreparedReplacement extends Planned {
  readonly scenario: 'replace-certificate'
  readonly answers: ReplaceCertificateAnswers
  readonly facts: ReplacementFacts
}

/** A plan with everything it came from: what a door holds between "review" and "install". */
export type Prepared = PreparedInstallation | PreparedReplacement

export type PreparedOrProblems = { readonly prepared: Prepared } | { readonly problems: readonly Problem[] }
