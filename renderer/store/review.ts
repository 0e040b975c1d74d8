import { create } from 'zustand'
import type { PlanView } from '../../electron/contract/plan.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import type { Draft } from './given.ts'
import { placeProblems } from './faults.ts'

type ReviewTab = 'changes' | 'commands'

interface ReviewState {
  readonly plan: PlanView | undefined
  readonly problems: readonly Problem[]
  readonly making: boolean
  /** Id of the step whose details are shown. */
  readonly selected: string | undefined
  readonly tab: ReviewTab
  make(draft: Draft): Promise<void>
  select(step: string): void
  openTab(tab: ReviewTab): void
}

/** The plan for what is typed, made anew each time the page is entered. */
export const useReview = create<ReviewState>((set, get) => ({
  plan: undefined,
  problems: [],
  making: false,
  selected: undefined,
  tab: 'changes',

  make: async (draft) => {
    set({ plan: undefined, problems: [], making: true })
    const reply = await ask('plan.make', { draft })
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
  },
  select: (selected) => set({ selected }),
  openTab: (tab) => set({ tab }),
}))
