import { createHash } from 'node:crypto'
import type { PlanView } from '../../contract/plan.ts'

/** Warnings that only say what this user does not see, or what time it is. */
const UNSEEN: readonly string[] = [
  'installation.settings-unread',
  'certificate.ecdsa-uncertain',
  'database.not-looked-at',
  'replacement.hour',
]

/**
 * What a plan is going to do, as a SHA-256 in lower-case hex: equal for two looks at one machine that lead to the same
 * changes, whoever looks. What only tells how things are now is left out, because an administrator sees more of it:
 * found states, evidence, warnings of what was not seen, the plan's id, who needs which rights. Only that something is
 * somebody else's counts.
 */
export function planDigest({ title, practice, steps, warnings, untouched }: PlanView): string {
  const does = steps.map((step) => ({ ...step, found: step.found === 'foreign', evidence: [] }))
  const warned = warnings.filter(({ code }) => !UNSEEN.includes(code))
  return createHash('sha256')
    .update(canonical({ title, practice, steps: does, warnings: warned, untouched }))
    .digest('hex')
}

/** JSON with the keys of every object in order: what crossed a pipe is written as what never did. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
