import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { startRun } from '../../../renderer/start-run.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { resetSlices } from '../../../renderer/store/slices.ts'
import type { PageId } from '../../../renderer/store/steps.ts'
import { useWizard } from '../../../renderer/store/wizard.ts'
import { iisPlan, iisPlanRevealed } from '../../doubles/back-end/sample-iis-plan.ts'
import { runRunning } from '../../doubles/back-end/sample-runs.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

/** Pages in the order they were shown; each with whether the back end had answered by then. */
const shown: string[] = []
vi.mock('../../../renderer/navigate.ts', () => ({
  goTo: async (page: PageId) => {
    shown.push(useRun.getState().starting ? `${page}, waiting` : page)
    useWizard.getState().show(page)
  },
}))

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
const asked: string[] = []
globalThis.setup = {
  call: (name, input) => {
    asked.push(name)
    return scriptedBackEnd(script).call(name, input)
  },
  onEvent: () => () => undefined,
}

const refused = { code: 'elevation.refused', what: 'Not given.', next: 'Try again.' }
const changed = { code: 'elevation.plan-changed', what: 'Changed.', next: 'Review it.' }
const present: PlanView = { ...iisPlan, elevation: 'present' }

beforeEach(() => {
  script = { 'run.start': () => runRunning }
  shown.length = 0
  asked.length = 0
  resetSlices()
  useWizard.getState().show('review')
})

describe('Install', () => {
  it('shows that Windows is asked before the answer is there', async () => {
    await startRun(iisPlan)
    expect(shown).toEqual(['install, waiting'])
    expect(useRun.getState().view?.id).toBe(runRunning.id)
  })

  it('goes on once it runs where nobody is asked', async () => {
    await startRun(present)
    expect(shown).toEqual(['install'])
  })

  it('comes back with the reason when the prompt is refused', async () => {
    script = { 'run.start': () => refuse(refused) }
    await startRun(iisPlan)
    expect(shown).toEqual(['install, waiting', 'review'])
    expect(useReview.getState().returned).toEqual({ problem: refused, before: iisPlan })
    expect(useRun.getState().problem).toBeUndefined()
  })

  it('stays where it was refused before anything was asked', async () => {
    const busy = { code: 'run.busy', what: 'A setup is running.', next: 'Wait until it has ended.' }
    script = { 'run.start': () => refuse(busy) }
    await startRun(present)
    expect(shown).toEqual([])
    expect(useReview.getState().returned?.problem).toEqual(busy)
    expect(asked).not.toContain('plan.make')
  })

  it('makes the plan anew when rights that are there have shown another one', async () => {
    script = { 'run.start': () => refuse(changed), 'plan.make': () => ({ plan: iisPlanRevealed }) }
    await startRun(present)
    expect(shown).toEqual([])
    expect(useReview.getState()).toMatchObject({ plan: iisPlanRevealed, returned: { before: present } })
  })
})
