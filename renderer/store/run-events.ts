import type { RunEvent, RunView, StepProgress } from '../../electron/contract/run.ts'

const busy = new Set(['running', 'stopping', 'undoing'])

/** Whether a run is still moving by itself. */
export const isMoving = (view: RunView): boolean => busy.has(view.status)

/** The view after one event. Events for a run that is not known yet build it up. */
export function applyRunEvent(view: RunView | undefined, event: RunEvent): RunView | undefined {
  if (event.type === 'run-started')
    return {
      id: event.run,
      title: event.title,
      practice: view?.practice ?? false,
      status: 'running',
      steps: event.steps,
      fraction: view?.id === event.run ? view.fraction : 0,
      startedAt: event.at,
      elapsedMs: 0,
      log: view?.id === event.run ? view.log : [],
      undoFailures: [],
    }
  if (view === undefined) return undefined
  switch (event.type) {
    case 'step':
      return {
        ...view,
        status: statusWith(view, event.step),
        steps: view.steps.map((step) => (step.id === event.step.id ? event.step : step)),
        fraction: forward(view, event.fraction),
      }
    case 'progress':
      return { ...view, fraction: forward(view, event.fraction) }
    case 'log':
      return {
        ...view,
        log: [...view.log, { at: event.at, step: event.step, text: event.text, level: event.level }],
      }
    case 'failure':
      return event.undoing
        ? { ...view, undoFailures: [...view.undoFailures, event.failure] }
        : { ...view, failure: event.failure }
    case 'run-finished':
      return {
        ...view,
        status: event.outcome,
        elapsedMs: event.ms,
        fraction: event.outcome === 'done' || event.outcome === 'as-wanted' ? 1 : view.fraction,
      }
    case 'check':
      return view
  }
}

/** While installing the bar never falls; taking back may not move it at all. */
function forward(view: RunView, fraction: number): number {
  return view.status === 'undoing' ? view.fraction : Math.max(view.fraction, Math.min(1, fraction))
}

function statusWith(view: RunView, step: StepProgress): RunView['status'] {
  if (step.state === 'undoing') return 'undoing'
  if (step.state === 'running' && view.status !== 'stopping') return 'running'
  return view.status
}
