import type { RunEvent } from '../../contract/run.ts'
import type { Journal } from '../../setup/journal.ts'
import type { Plan } from '../../setup/plan.ts'
import { Run } from '../../setup/run.ts'
import { steps } from '../../steps/registry.ts'
import type { Session } from './session.ts'

/** The plan of a run of which nothing but its journal is left: it can be taken back, not carried out. */
export function takeBackPlan({ head }: Journal): Plan {
  const { title, practice } = head
  return {
    title,
    practice,
    elevation: 'none',
    warnings: [],
    untouched: [],
    steps: head.steps.map((step) => ({ ...step, kind: '', input: undefined, weight: 1, follows: [] })),
  }
}

/** A run of which nothing but its journal is left, ready to be taken back. */
export function takeBackRun(session: Session, journal: Journal, onEvent: (event: RunEvent) => void): Run {
  const { redactor } = session
  const machine = session.machineOf(journal.head)
  return new Run(takeBackPlan(journal), { machine, registry: steps, redactor, journal, onEvent })
}
