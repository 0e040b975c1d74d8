import type {
  LogLine,
  RunEvent,
  RunOutcome,
  RunView,
  StepFailure,
  StepProgress,
  StepState,
} from '../contract/run.ts'
import type { Clock } from '../machine/machine.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { Plan } from './plan.ts'

export interface AccountOptions {
  readonly id: string
  readonly clock: Clock
  readonly redactor: Redactor
  readonly onEvent: (event: RunEvent) => void
}

const LONGEST_LOG = 5000

/** What a run says of itself: the state of its steps, the bar, the log. Everything is redacted on its way in. */
export class RunAccount {
  readonly #plan: Plan
  readonly #options: AccountOptions
  readonly #steps: Map<string, StepProgress>
  readonly #log: LogLine[] = []
  readonly #startedAt: Date
  readonly #started: number
  #status: RunView['status'] = 'running'
  #fraction = 0
  #failure: StepFailure | undefined
  #undoFailures: StepFailure[] = []
  #ended: number | undefined

  constructor(plan: Plan, options: AccountOptions) {
    this.#plan = plan
    this.#options = options
    this.#steps = new Map(
      plan.steps.map(({ id, title, group }) => [id, { id, title, group, state: 'waiting' as StepState }]),
    )
    this.#startedAt = options.clock.now()
    this.#started = options.clock.monotonic()
  }

  view(stopping: boolean): RunView {
    return {
      id: this.#options.id,
      title: this.#plan.title,
      practice: this.#plan.practice,
      status: this.#status === 'running' && stopping ? 'stopping' : this.#status,
      steps: [...this.#steps.values()],
      fraction: this.#fraction,
      startedAt: this.#startedAt.toISOString(),
      elapsedMs: Math.round((this.#ended ?? this.#options.clock.monotonic()) - this.#started),
      log: this.#log,
      ...(this.#failure ? { failure: this.#failure } : {}),
      undoFailures: this.#undoFailures,
    }
  }

  /** Whether the run has come to an end before: it then starts anew after a pause. */
  get hasEnded(): boolean {
    return this.#ended !== undefined
  }

  get hasUndoFailures(): boolean {
    return this.#undoFailures.length > 0
  }

  isDone(id: string): boolean {
    const state = this.#steps.get(id)?.state
    return state === 'done' || state === 'as-wanted'
  }

  begins(): void {
    this.#status = 'running'
    this.#failure = undefined
    this.#ended = undefined
    const { title } = this.#plan
    this.#emit({
      type: 'run-started',
      run: this.#options.id,
      title,
      at: this.now(),
      steps: [...this.#steps.values()],
    })
  }

  takesBack(): void {
    this.#status = 'undoing'
    this.#undoFailures = []
  }

  ends(outcome: RunOutcome): void {
    this.#status = outcome
    if (outcome === 'done' || outcome === 'as-wanted') this.#fraction = 1
    this.#ended = this.#options.clock.monotonic()
    const ms = Math.round(this.#ended - this.#started)
    this.#emit({ type: 'run-finished', run: this.#options.id, at: this.now(), outcome, ms })
  }

  step(id: string, change: { state: StepState; ms?: number; summary?: string }): void {
    const before = this.#steps.get(id)
    if (!before) return
    const summary = change.summary === undefined ? {} : { summary: this.redact(change.summary) }
    const step = { ...before, ...change, ...summary }
    this.#steps.set(id, step)
    this.#advance(id, 0)
    this.#emit({ type: 'step', step, at: this.now(), fraction: this.#fraction })
  }

  progress(step: string, fraction: number, text: string): void {
    this.#advance(step, fraction)
    this.#emit({ type: 'progress', step, at: this.now(), fraction: this.#fraction, text: this.redact(text) })
  }

  /** Takes a failure down, redacted, and gives it back so. A failure while taking back stands beside the first. */
  failed(failure: StepFailure, undoing: boolean): StepFailure {
    const redacted = this.#options.redactor.redactData(failure)
    this.log(failure.step, redacted.problem.what, 'error')
    for (const line of redacted.problem.details ?? []) this.log(failure.step, line, 'error')
    if (undoing) this.#undoFailures.push(redacted)
    else {
      this.#failure = redacted
      this.step(failure.step, { state: 'failed', summary: redacted.problem.what })
    }
    this.#emit({ type: 'failure', at: this.now(), failure: redacted, undoing })
    return redacted
  }

  log(step: string, text: string, level: LogLine['level'] = 'info'): void {
    const line: LogLine = { at: this.now(), step, text: this.redact(text), level }
    this.#log.push(line)
    if (this.#log.length > LONGEST_LOG) this.#log.shift()
    this.#emit({ type: 'log', ...line })
  }

  redact(text: string): string {
    return this.#options.redactor.redact(text)
  }

  now(): string {
    return this.#options.clock.now().toISOString()
  }

  /** Moves the bar forward, never back, and never to its end before everything is done. */
  #advance(running: string, fraction: number): void {
    let all = 0
    let done = 0
    for (const { id, weight } of this.#plan.steps) {
      all += weight
      if (this.isDone(id)) done += weight
      else if (id === running) done += weight * Math.min(Math.max(fraction || 0, 0), 1)
    }
    this.#fraction = Math.max(this.#fraction, Math.min(done / all, 0.99))
  }

  #emit(event: RunEvent): void {
    this.#options.onEvent(event)
  }
}
