import type { FileChange, PlanStep, PlanView } from '../contract/plan.ts'
import type { Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { Found, PlannedStep, StepRegistry } from './step.ts'

/** What a setup is going to do: data, made from answers and facts alone. */
export interface Plan {
  readonly title: string
  readonly practice: boolean
  readonly elevation: PlanView['elevation']
  readonly steps: readonly PlannedStep[]
  readonly warnings: readonly Problem[]
  readonly untouched: readonly string[]
}

/** What each step of a plan finds now. Reads only, so all steps look at once. Step ids lead to findings. */
export async function inspectPlan(
  plan: Plan,
  registry: StepRegistry,
  machine: Machine,
): Promise<ReadonlyMap<string, Found>> {
  const context = { machine, log: () => {}, progress: () => {} }
  const found = new Map<string, Found>()
  const looks = plan.steps.map(async (step) => registry.find(step.kind).inspect(step.input, context))
  for (const [at, own] of (await Promise.all(looks)).entries()) {
    const step = plan.steps[at]!
    // A step that this plan does without has changed nothing.
    const moved = step.follows.find((id) => (found.get(id)?.state ?? 'as-wanted') !== 'as-wanted')
    found.set(step.id, own.state === 'as-wanted' && moved ? afterChange(plan, moved, own) : own)
  }
  return found
}

function afterChange(plan: Plan, id: string, own: Found): Found {
  const title = plan.steps.find((step) => step.id === id)?.title ?? id
  return { ...own, state: 'differs', evidence: [...own.evidence, `Has to follow “${title}”.`] }
}

const NOT_LOOKED: Found = { state: 'absent', evidence: [] }

/** A preview looks at nothing: a file that is there already is not new. */
function seen(file: FileChange, { state, there = [] }: Found): FileChange {
  if (file.change !== 'new' || !there.includes(file.path)) return file
  return { ...file, change: state === 'as-wanted' ? 'unchanged' : 'changed' }
}

/** The plan as the installer sees it, every text redacted. */
export function viewPlan(
  plan: Plan,
  id: string,
  registry: StepRegistry,
  found: ReadonlyMap<string, Found>,
  redactor: Redactor,
): PlanView {
  const steps = plan.steps.map((step): PlanStep => {
    const preview = registry.find(step.kind).preview(step.input)
    const look = found.get(step.id) ?? NOT_LOOKED
    return {
      id: step.id,
      title: step.title,
      group: step.group,
      detail: preview.detail,
      found: look.state,
      evidence: look.evidence,
      files: (preview.files ?? []).map((file) => seen(file, look)),
      commands: preview.commands ?? [],
      sql: preview.sql ?? [],
      notes: preview.notes ?? [],
    }
  })
  const { title, practice, elevation, warnings, untouched } = plan
  return redactor.redactData({ id, title, practice, elevation, steps, warnings, untouched })
}
