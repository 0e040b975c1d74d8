import type { PlanView } from '../electron/contract/plan.ts'
import { goTo } from './navigate.ts'
import { useProof } from './store/proof.ts'
import { useReview } from './store/review.ts'
import { useRun } from './store/run.ts'
import { currentDraft } from './store/slices.ts'
import { useWizard } from './store/wizard.ts'

/** Whether Windows will show its prompt: not for a plan that changes nothing. */
export const asksForRights = ({ elevation, steps }: PlanView): boolean =>
  elevation === 'asked' && steps.some(({ found }) => found !== 'as-wanted')

/**
 * Install. While Windows asks for rights the next page says so; when they are refused, or have shown another plan,
 * the review page comes back with the reason. Nothing was changed then.
 */
export async function startRun(plan: PlanView): Promise<void> {
  useProof.setState(useProof.getInitialState())
  const started = useRun.getState().start(plan.id)
  if (asksForRights(plan)) await goTo('install')
  if (await started) {
    if (useWizard.getState().page !== 'install') await goTo('install')
    return
  }
  const { problem } = useRun.getState()
  if (problem === undefined) return
  useRun.setState({ problem: undefined })
  useReview.getState().comeBack({ problem, before: plan })
  if (useWizard.getState().page === 'install') await goTo('review')
  else if (problem.code === 'elevation.plan-changed') await useReview.getState().make(currentDraft())
}
