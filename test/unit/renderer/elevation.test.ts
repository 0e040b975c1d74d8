import { beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../../electron/contract/problem.ts'
import { planChanges } from '../../../renderer/plan-changes.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { currentDraft, resetSlices } from '../../../renderer/store/slices.ts'
import { asksForRights } from '../../../renderer/start-run.ts'
import { iisPlan, iisPlanRevealed } from '../../doubles/back-end/sample-iis-plan.ts'
import { samplePlan } from '../../doubles/back-end/sample-plan.ts'
import { runRunning } from '../../doubles/back-end/sample-runs.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

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

const problem: Problem = { code: 'elevation.refused', what: 'Not given.', next: 'Try again.' }

beforeEach(() => {
  script = {}
  asked.length = 0
  resetSlices()
})

describe('a plan that needs administrator rights', () => {
  it('asks for them only when it changes something', () => {
    expect(asksForRights(iisPlan)).toBe(true)
    expect(asksForRights({ ...iisPlan, elevation: 'present' })).toBe(false)
    expect(asksForRights(samplePlan)).toBe(false)
    const steps = iisPlan.steps.map((step) => ({ ...step, found: 'as-wanted' as const }))
    expect(asksForRights({ ...iisPlan, steps })).toBe(false)
  })

  it('is starting until the prompt is answered', async () => {
    let release = () => {}
    const until = new Promise<void>((resolve) => (release = resolve))
    script = { 'run.start': () => until.then(() => runRunning) }
    const started = useRun.getState().start('plan-iis')
    expect(useRun.getState()).toMatchObject({ starting: true, view: undefined })
    release()
    expect(await started).toBe(true)
    expect(useRun.getState().starting).toBe(false)
  })

  it('is not starting any more when the prompt was refused', async () => {
    script = { 'run.start': () => refuse(problem) }
    expect(await useRun.getState().start('plan-iis')).toBe(false)
    expect(useRun.getState()).toMatchObject({ starting: false, view: undefined, problem })
  })
})

describe('what administrator rights have shown', () => {
  it('names what was found, and leaves out what was taken for granted', () => {
    expect(planChanges(iisPlan, iisPlanRevealed)).toEqual([
      'Create the application pool: Made by something else. A pool IdentityService is there; the site “legacy” uses it.',
    ])
  })

  it('names what is not there yet when there is nothing else', () => {
    const steps = iisPlan.steps.map((step) =>
      step.found === 'unknown' ? { ...step, found: 'absent' as const, evidence: [] } : step,
    )
    expect(planChanges(iisPlan, { ...iisPlan, steps })).toEqual([
      'Grant the folder: Not there yet',
      'Create the application pool: Not there yet',
      'Create the website: Not there yet',
    ])
  })

  it('names steps that came, went, or do something else', () => {
    const [first, second, ...others] = iisPlan.steps
    const come = { ...first!, id: 'redirect', title: 'Redirect http' }
    const changed = { ...others[2]!, detail: 'port 9443' }
    const steps = [come, second!, ...others.map((step) => (step.id === changed.id ? changed : step))]
    expect(planChanges(iisPlan, { ...iisPlan, steps })).toEqual([
      'New step: Redirect http',
      `${changed.title}: does something else now`,
      'No longer needed: Extract the archive',
    ])
  })

  it('is nothing in the same plan', () => expect(planChanges(iisPlan, iisPlan)).toEqual([]))
})

describe('the plan as a script', () => {
  it('is made when its tab is opened, once a plan', async () => {
    script = { 'plan.make': () => ({ plan: iisPlan }) }
    await useReview.getState().make(currentDraft())
    expect(asked).not.toContain('script.make')
    useReview.getState().openTab('script')
    await expect.poll(() => useReview.getState().script?.name).toBe('install-identity-service.ps1')
    useReview.getState().openTab('script')
    expect(asked.filter((name) => name === 'script.make')).toHaveLength(1)
  })

  it('is made anew for another plan, also while its tab is open', async () => {
    script = { 'plan.make': () => ({ plan: iisPlan }), 'script.make': () => ({ name: 'a', text: 'first' }) }
    await useReview.getState().make(currentDraft())
    useReview.getState().openTab('script')
    script = {
      'plan.make': () => ({ plan: { ...iisPlan } }),
      'script.make': () => ({ name: 'a', text: 'second' }),
    }
    await useReview.getState().make(currentDraft())
    expect(useReview.getState().script?.text).toBe('second')
  })

  it('says why there is none', async () => {
    const none = { code: 'script.docker', what: 'There is none.', next: 'Use the command line.' }
    script = { 'plan.make': () => ({ plan: iisPlan }), 'script.make': () => refuse(none) }
    useReview.setState({ tab: 'script' })
    await useReview.getState().make(currentDraft())
    expect(useReview.getState()).toMatchObject({ script: undefined, scriptProblem: none })
  })
})
