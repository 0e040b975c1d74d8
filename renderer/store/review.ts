import { create } from 'zustand'
import type { PlanView } from '../../electron/contract/plan.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import type { Draft } from './given.ts'
import { placeProblems } from './faults.ts'

type ReviewTab = 'changes' | 'commands' | 'script'

/** Why Install led back to this page: it was refused, or administrator rights have shown another plan. */
interface Returned {
  readonly problem: Problem
  /** The plan that was chosen then. */
  readonly before: PlanView
}

interface ReviewState {
  readonly plan: PlanView | undefined
  readonly problems: readonly Problem[]
  readonly making: boolean
  /** Id of the step whose details are shown. */
  readonly selected: string | undefined
  readonly tab: ReviewTab
  readonly returned: Returned | undefined
  /** The plan as a script, once its tab was opened. */
  readonly script: { readonly name: string; readonly text: string } | undefined
  readonly scriptProblem: Problem | undefined
  make(draft: Draft): Promise<void>
  select(step: string): void
  openTab(tab: ReviewTab): void
  comeBack(returned: Returned | undefined): void
}

/** The plan for what is typed, made anew each time the page is entered. */
export const useReview = create<ReviewState>((set, get) => {
  const beginPlan = latestOfSetup()
  const makeScript = async (): Promise<void> => {
    const { plan, script, scriptProblem } = get()
    if (plan === undefined || script !== undefined || scriptProblem !== undefined) return
    const reply = await ask('script.make', {})
    if (get().plan !== plan) return
    set(reply.ok ? { script: reply.value } : { scriptProblem: reply.problem })
  }
  return {
    plan: undefined,
    problems: [],
    making: false,
    selected: undefined,
    tab: 'changes',
    returned: undefined,
    script: undefined,
    scriptProblem: undefined,

    make: async (draft) => {
      const isLatest = beginPlan()
      set({ plan: undefined, problems: [], making: true, script: undefined, scriptProblem: undefined })
      const reply = await ask('plan.make', { draft })
      // Another one is being made, for what is typed now.
      if (!isLatest()) return
      const problems = !reply.ok ? [reply.problem] : 'problems' in reply.value ? reply.value.problems : []
      const plan = reply.ok && 'plan' in reply.value ? reply.value.plan : undefined
      placeProblems(problems)
      const known = plan?.steps.some((step) => step.id === get().selected)
      const telling = plan?.steps.find((step) => step.files.some((file) => file.lines.length > 0))
      set({
        plan,
        problems,
        making: false,
        selected: known ? get().selected : (telling ?? plan?.steps[0])?.id,
      })
      if (get().tab === 'script') await makeScript()
    },
    select: (selected) => set({ selected }),
    openTab: (tab) => {
      set({ tab })
      if (tab === 'script') void makeScript()
    },
    comeBack: (returned) => set({ returned }),
  }
})
