import type { PlanStep, PlanView } from '../../../electron/contract/plan.ts'

/** What a message that does not belong there is answered with. */
export const MISUNDERSTOOD = 'The window and its elevated process did not understand each other.'

export function stepView(id: string, more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    title: `Set ${id}`,
    group: 'website',
    detail: `${id}=on`,
    found: 'absent',
    evidence: [`${id} is not set.`],
    files: [
      {
        path: `/srv/${id}`,
        change: 'changed',
        added: 1,
        removed: 0,
        lines: [{ kind: 'added', newLine: 1, text: 'on' }],
      },
    ],
    commands: [`set ${id} on`],
    sql: [],
    notes: [],
    ...more,
  }
}

export function planView(more: Partial<PlanView> = {}): PlanView {
  return {
    id: 'plan-1',
    title: 'Test',
    practice: true,
    elevation: 'asked',
    steps: [stepView('a'), stepView('b')],
    warnings: [{ code: 'test.warning', what: 'Something.', next: 'Read on.', where: { path: 'website' } }],
    untouched: ['Creatio.'],
    ...more,
  }
}
