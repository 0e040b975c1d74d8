import type { PlanStep, PlanView } from '../electron/contract/plan.ts'
import { messages } from './messages/index.ts'

const text = messages.review.returned

/**
 * What another look has changed in a plan, a sentence each: steps that came or went, and what they find now. That
 * something is not there yet is what a plan takes for granted: it is told only where there is nothing else to tell.
 */
export function planChanges(before: PlanView, after: PlanView): string[] {
  const telling = after.steps.some(({ id, found }) => found !== 'absent' && found !== foundIn(before, id))
  const steps = telling
    ? after.steps.filter(({ id, found }) => found !== 'absent' || foundIn(before, id) !== 'unknown')
    : after.steps
  const stepBefore = new Map(before.steps.map((step) => [step.id, step]))
  const stepAfter = new Set(after.steps.map(({ id }) => id))
  return [
    ...steps.flatMap((step) => {
      const known = stepBefore.get(step.id)
      if (known === undefined) return [text.added(step.title)]
      return known.found === step.found
        ? sameSteps(known, step)
          ? []
          : [text.changed(step.title)]
        : [text.found(step.title, messages.review.found[step.found], step.evidence[0])]
    }),
    ...before.steps.filter(({ id }) => !stepAfter.has(id)).map(({ title }) => text.removed(title)),
  ]
}

const foundIn = (plan: PlanView, step: string) => plan.steps.find(({ id }) => id === step)?.found

const sameSteps = (one: PlanStep, other: PlanStep): boolean =>
  JSON.stringify([one.title, one.detail, one.commands, one.sql, one.files]) ===
  JSON.stringify([other.title, other.detail, other.commands, other.sql, other.files])
