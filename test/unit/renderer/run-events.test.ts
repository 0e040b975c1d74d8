import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent, RunView } from '../../../electron/contract/run.ts'
import { applyRunEvent, isMoving } from '../../../renderer/store/run-events.ts'
import { runFailed, runRunning } from '../../doubles/back-end/sample-runs.ts'

const at = '2026-11-21T14:13:12Z'
const step = runRunning.steps[0]!

const events: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({
    type: fc.constant('step' as const),
    at: fc.constant(at),
    fraction: fc.double({ min: 0, max: 1.2, noNaN: true }),
    step: fc.record({
      id: fc.constantFrom(...runRunning.steps.map(({ id }) => id)),
      title: fc.constant('A step'),
      group: fc.constant('files' as const),
      state: fc.constantFrom('running' as const, 'done' as const, 'as-wanted' as const),
    }),
  }),
  fc.record({
    type: fc.constant('progress' as const),
    at: fc.constant(at),
    step: fc.constant(step.id),
    fraction: fc.double({ min: 0, max: 1.2, noNaN: true }),
    text: fc.constant('half way'),
  }),
)

const play = (view: RunView, list: readonly RunEvent[]): RunView =>
  list.reduce((now, event) => applyRunEvent(now, event)!, view)

describe('a run as the page sees it', () => {
  it('has a bar that never goes back and never passes its end', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (list) => {
        let before = 0
        let view: RunView = { ...runRunning, fraction: 0 }
        for (const event of list) {
          view = applyRunEvent(view, event)!
          expect(view.fraction).toBeGreaterThanOrEqual(before)
          expect(view.fraction).toBeLessThanOrEqual(1)
          before = view.fraction
        }
      }),
    )
  })

  it('is full only when everything is done', () => {
    const failed = play(runRunning, [
      { type: 'run-finished', run: runRunning.id, at, outcome: 'failed', ms: 5 },
    ])
    expect(failed.fraction).toBe(runRunning.fraction)
    const done = play(runRunning, [{ type: 'run-finished', run: runRunning.id, at, outcome: 'done', ms: 5 }])
    expect(done.fraction).toBe(1)
    expect(isMoving(done)).toBe(false)
  })

  it('keeps the first failure when rolling back fails, too', () => {
    const second = { ...runFailed.failure!, step: 'image', title: 'Build the image' }
    const view = play(runFailed, [{ type: 'failure', at, failure: second, undoing: true }])
    expect(view.failure).toEqual(runFailed.failure)
    expect(view.undoFailures).toEqual([second])
  })

  it('says that it stops until the step is done', () => {
    const stopping: RunView = { ...runRunning, status: 'stopping' }
    const view = play(stopping, [
      { type: 'step', at, fraction: 0.8, step: { ...step, state: 'running' } },
      { type: 'log', at, step: step.id, text: 'still at it', level: 'info' },
    ])
    expect(view.status).toBe('stopping')
    expect(view.log.at(-1)?.text).toBe('still at it')
  })

  it('does not lose what was logged when the run is retried', () => {
    const view = play(runFailed, [
      { type: 'run-started', run: runFailed.id, title: runFailed.title, at, steps: runRunning.steps },
    ])
    expect(view.log).toEqual(runFailed.log)
    expect(view.failure).toBeUndefined()
    expect(view.status).toBe('running')
  })

  it('is built up from events alone', () => {
    const view = applyRunEvent(undefined, {
      type: 'run-started',
      run: 'run-9',
      title: 'New installation',
      at,
      steps: runRunning.steps,
    })
    expect(view?.id).toBe('run-9')
    expect(
      applyRunEvent(undefined, { type: 'log', at, step: 'setup', text: 'x', level: 'info' }),
    ).toBeUndefined()
  })
})
