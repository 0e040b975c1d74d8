import type { RunEvent, RunView } from '../../contract/run.ts'
import type { Clock } from '../../machine/machine.ts'

const LONGEST_LOG = 5000

/** A run that goes on elsewhere, as its events tell it. */
export class RunMirror {
  readonly #clock: Pick<Clock, 'monotonic'>
  #view: RunView
  /** When the view was true, on this clock. */
  #asOf: number

  constructor(view: RunView, clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
    this.#view = view
    this.#asOf = clock.monotonic()
  }

  get view(): RunView {
    const { status, elapsedMs } = this.#view
    const goesOn = status === 'running' || status === 'stopping' || status === 'undoing'
    if (!goesOn) return this.#view
    return { ...this.#view, elapsedMs: elapsedMs + Math.round(this.#clock.monotonic() - this.#asOf) }
  }

  set(view: RunView): void {
    this.#view = view
    this.#asOf = this.#clock.monotonic()
  }

  change(change: Partial<RunView>): void {
    this.set({ ...this.view, ...change })
  }

  apply(event: RunEvent): void {
    const { view } = this
    switch (event.type) {
      case 'run-started': {
        const { failure: _, ...rest } = view
        return this.set({ ...rest, id: event.run, status: 'running', steps: event.steps })
      }
      case 'step':
        return this.change({
          steps: view.steps.map((step) => (step.id === event.step.id ? event.step : step)),
          fraction: event.fraction,
        })
      case 'progress':
        return this.change({ fraction: event.fraction })
      case 'log': {
        const { type: _, ...line } = event
        return this.change({ log: [...view.log, line].slice(-LONGEST_LOG) })
      }
      case 'failure':
        return this.change(
          event.undoing
            ? { undoFailures: [...view.undoFailures, event.failure] }
            : { failure: event.failure },
        )
      case 'run-finished':
        return this.change({ status: event.outcome, elapsedMs: event.ms })
      case 'check':
        return undefined
    }
  }
}
