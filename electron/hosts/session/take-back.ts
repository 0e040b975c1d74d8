import type { RunEvent } from '../../contract/run.ts'
import type { Journal } from '../../setup/journal.ts'
import type { Plan } from '../../setup/plan.ts'
import { Run } from '../../setup/run.ts'
import type { PlannedStep } from '../../setup/step.ts'
import { steps } from '../../steps/registry.ts'
import type { Session } from './session.ts'

/** The plan of a run of which nothing but its journal is left: it can be taken back, not carried out. */
export function takeBackPlan({ head }: Journal, inputs: ReadonlyMap<string, PlannedStep> = new Map()): Plan {
  const { title, practice } = head
  return {
    title,
    practice,
    elevation: 'none',
    warnings: [],
    untouched: [],
    steps: head.steps.map((step) => {
      const { kind = '', input } = inputs.get(step.id) ?? {}
      return { ...step, kind, input, weight: 1, follows: [] }
    }),
  }
}

/** A run of which nothing but its journal is left, ready to be taken back. */
export async function takeBackRun(
  session: Session,
  journal: Journal,
  onEvent: (event: RunEvent) => void,
): Promise<Run> {
  const { redactor } = session
  const machine = session.machineOf(journal.head)
  const plan = takeBackPlan(journal, await inputsOf(session, journal))
  return new Run(plan, { machine, registry: steps, redactor, journal, onEvent })
}

/**
 * What steps need to be taken back and no journal may hold: an administrator's password, where the answers still tell
 * where it is. Nothing where it cannot be had: the step then says in words what is to be done by hand.
 */
async function inputsOf(
  session: Session,
  { head }: Journal,
): Promise<ReadonlyMap<string, PlannedStep> | undefined> {
  const { database } = (head.answers ?? {}) as { readonly database?: { readonly from?: unknown } }
  if (database?.from !== 'new') return undefined
  const checked = session.check(head.answers)
  if ('problems' in checked) return undefined
  const result = await session.prepare(checked.answers).catch(() => undefined)
  if (!result || 'problems' in result) return undefined
  return new Map(result.prepared.plan.steps.map((step) => [step.id, step]))
}
