import type { Journal } from '../../setup/journal.ts'
import type { Plan } from '../../setup/plan.ts'

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
