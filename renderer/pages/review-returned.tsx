import { useEffect } from 'react'
import { announce } from '../announce.ts'
import { ProblemCard } from '../components/problem-card.tsx'
import { messages } from '../messages/index.ts'
import { planChanges } from '../plan-changes.ts'
import { useReview } from '../store/review.ts'

const text = messages.review.returned

/** Lines that leave the plan below enough room. */
const most = 4

/** Decisions and discoveries, not failures: they are told without alarm. */
const calm = new Set(['elevation.refused', 'elevation.plan-changed', 'plan.outdated'])

/** Why Install led back here; with another plan, what is different in it. */
export function ReviewReturned() {
  const returned = useReview((state) => state.returned)
  const plan = useReview((state) => state.plan)
  const what = returned?.problem.what
  useEffect(() => {
    if (what !== undefined) announce(what)
  }, [what])
  if (returned === undefined) return null
  const { problem, before } = returned
  const changed = problem.code === 'elevation.plan-changed' && plan ? planChanges(before, plan) : []
  return (
    <ProblemCard
      problem={problem}
      tone={calm.has(problem.code) ? 'warning' : 'failed'}
      action={
        changed.length > 0 && (
          <div className="revealed">
            <b>{text.title}</b>
            <ul>
              {changed.slice(0, most).map((line) => (
                <li key={line}>{line}</li>
              ))}
              {changed.length > most && <li>{text.more(changed.length - most)}</li>}
            </ul>
          </div>
        )
      }
    />
  )
}
