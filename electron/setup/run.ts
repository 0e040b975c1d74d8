import type { Problem } from '../contract/problem.ts'
import { problemOf, SetupError } from '../contract/problem.ts'
import type {
  LogLine,
  RunEvent,
  RunOutcome,
  RunView,
  StepFailure,
  StepProgress,
  StepState,
} from '../contract/run.ts'
import type { Machine } from '../machine/machine.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { Journal } from './journal.ts'
import type { Plan } from './plan.ts'
import {
  DiagnosedError,
  type Found,
  type PlannedStep,
  type StepContext,
  type StepRegistry,
  type WrittenFile,
} from './step.ts'
import { undoAll } from './undo.ts'

export interface RunOptions {
  readonly machine: Machine
  readonly registry: StepRegistry
  readonly redactor: Redactor
  readonly journal: Journal
  /** What the steps found a moment ago: as long as nothing is changed, what was as wanted is not looked at again. */
  readonly found?: ReadonlyMap<string, Found>
  readonly onEvent: (event: RunEvent) => void
}

const LONGEST_LOG = 5000

/**
 * Carries out a plan, step by step: look; act only where something is to be done; prove it. When a step fails
 * everything stays as it is; whoever drives the run then calls {@link Run.go} again or {@link Run.rollBack}.
 */
export class Run {
  readonly #plan: Plan
  readonly #options: RunOptions
  readonly #steps: Map<string, StepProgress>
  readonly #changed = new Set<string>()
  readonly #log: LogLine[] = []
  readonly #startedAt: Date
  readonly #started: number
  #status: RunView['status'] = 'running'
  #stopping = false
  #fraction = 0
  #failure: StepFailure | undefined
  #undoFailures: StepFailure[] = []
  #ended: number | undefined
  #repeated = false

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan
    this.#options = options
    this.#steps = new Map(
      plan.steps.map(({ id, title, group }) => [id, { id, title, group, state: 'waiting' as StepState }]),
    )
    this.#startedAt = options.machine.clock.now()
    this.#started = options.machine.clock.monotonic()
  }

  get view(): RunView {
    return {
      id: this.#options.journal.head.id,
      title: this.#plan.title,
      practice: this.#plan.practice,
      status: this.#status === 'running' && this.#stopping ? 'stopping' : this.#status,
      steps: [...this.#steps.values()],
      fraction: this.#fraction,
      startedAt: this.#startedAt.toISOString(),
      elapsedMs: Math.round((this.#ended ?? this.#options.machine.clock.monotonic()) - this.#started),
      log: this.#log,
      ...(this.#failure ? { failure: this.#failure } : {}),
      undoFailures: this.#undoFailures,
    }
  }

  /** What the run, and those it continues, wrote. */
  get writtenFiles(): readonly WrittenFile[] {
    return this.#options.journal.writtenFiles()
  }

  /** Ends the run after the step that is running. */
  stop(): void {
    this.#stopping = true
  }

  /** Runs all steps that are not done yet or, after a failure or a stop, do not stand any more. Never rejects. */
  async go(): Promise<RunOutcome> {
    this.#status = 'running'
    this.#stopping = false
    this.#repeated = this.#ended !== undefined
    this.#failure = undefined
    this.#ended = undefined
    const { id } = this.#options.journal.head
    this.#emit({
      type: 'run-started',
      run: id,
      title: this.#plan.title,
      at: this.#now(),
      steps: this.view.steps,
    })
    for (const step of this.#plan.steps) {
      try {
        if (this.#isDone(step.id) && (await this.#stillStands(step))) continue
        if (this.#stopping) return this.#end('stopped')
        await this.#carryOut(step)
      } catch (error) {
        await this.#fail(step, error)
        return this.#end('failed')
      }
    }
    return this.#end(this.#changed.size === 0 ? 'as-wanted' : 'done')
  }

  /** Takes back everything the journal knows of, last effect first. Failures are collected; the rest goes on. */
  async rollBack(): Promise<RunOutcome> {
    this.#status = 'undoing'
    this.#undoFailures = []
    const { machine, registry, journal } = this.#options
    const titles = new Map(journal.head.steps.map((step) => [step.id, step.title]))
    await undoAll(journal, registry, machine, {
      context: (step) => this.#context(step),
      state: (step, state) => this.#set(step, { state }),
      failed: (step, error) => {
        const failure = this.#failureOf(step, titles.get(step) ?? step, error)
        this.#undoFailures.push(failure)
        this.#emit({ type: 'failure', at: this.#now(), failure, undoing: true })
      },
    })
    return this.#end(this.#undoFailures.length === 0 ? 'undone' : 'undo-failed')
  }

  /** What was done may be gone while a run stood still: a service that was started has ended. Asked only then. */
  async #stillStands(step: PlannedStep): Promise<boolean> {
    if (!this.#repeated) return true
    if (this.#options.journal.changedSince(step.id, step.follows)) return false
    const { state } = await this.#options.registry.find(step.kind).inspect(step.input, this.#context(step.id))
    return state === 'as-wanted'
  }

  async #carryOut(step: PlannedStep): Promise<void> {
    const { machine, registry, journal } = this.#options
    const kind = registry.find(step.kind)
    const context = this.#context(step.id)
    const started = machine.clock.monotonic()
    const ms = () => Math.round(machine.clock.monotonic() - started)
    this.#set(step.id, { state: 'running' })
    // Once something is changed, or the run was at an end, everything is looked at again.
    const known = this.#changed.size === 0 && !this.#repeated ? this.#options.found?.get(step.id) : undefined
    const found = known?.state === 'as-wanted' ? known : await kind.inspect(step.input, context)
    const mustFollow = journal.changedSince(step.id, step.follows)
    if (found.state === 'as-wanted' && !mustFollow) {
      this.#set(step.id, { state: 'as-wanted', ms: ms(), summary: found.evidence[0] ?? 'As wanted.' })
      return
    }
    if (found.state === 'foreign') throw new SetupError(foreign(step, found.evidence))
    await journal.add({ type: 'begin', at: this.#now(), step: step.id, kind: step.kind })
    const summary = await kind.apply(step.input, {
      ...context,
      backupFolder: journal.backupFolder,
      willUndo: async (record) => {
        this.#changed.add(step.id)
        await journal.add({ type: 'undo', step: step.id, kind: step.kind, record })
      },
      wrote: (file) => journal.add({ type: 'wrote', step: step.id, file }),
    })
    const proof = await kind.verify(step.input, context)
    this.#changed.add(step.id)
    context.log(summary)
    context.log(`verified: ${proof}`)
    await journal.add({
      type: 'done',
      at: this.#now(),
      step: step.id,
      ms: ms(),
      summary: this.#redact(summary),
    })
    this.#set(step.id, { state: 'done', ms: ms(), summary })
  }

  async #fail(step: PlannedStep, error: unknown): Promise<void> {
    const failure = this.#failureOf(step.id, step.title, error)
    this.#failure = failure
    this.#set(step.id, { state: 'failed', summary: failure.problem.what })
    this.#emit({ type: 'failure', at: this.#now(), failure, undoing: false })
    try {
      await this.#options.journal.add({
        type: 'failed',
        at: this.#now(),
        step: step.id,
        problem: failure.problem,
      })
    } catch (second) {
      this.#write(step.id, `The journal could not be written: ${problemOf(second).what}`, 'error')
    }
  }

  #failureOf(step: string, title: string, error: unknown): StepFailure {
    const problem: Problem = { ...problemOf(error), where: { ...problemOf(error).where, step } }
    const failure: StepFailure =
      error instanceof DiagnosedError
        ? { step, title, problem, diagnosis: error.diagnosis }
        : { step, title, problem }
    const redacted = this.#options.redactor.redactData(failure)
    this.#write(step, redacted.problem.what, 'error')
    for (const line of redacted.problem.details ?? []) this.#write(step, line, 'error')
    return redacted
  }

  async #end(outcome: RunOutcome): Promise<RunOutcome> {
    const { journal, machine } = this.#options
    try {
      await journal.add({ type: 'end', at: this.#now(), outcome })
    } catch (error) {
      this.#write('setup', `The journal could not be written: ${problemOf(error).what}`, 'error')
    }
    this.#status = outcome
    if (outcome === 'done' || outcome === 'as-wanted') this.#fraction = 1
    this.#ended = machine.clock.monotonic()
    this.#emit({
      type: 'run-finished',
      run: journal.head.id,
      at: this.#now(),
      outcome,
      ms: Math.round(this.#ended - this.#started),
    })
    return outcome
  }

  #context(step: string): StepContext {
    return {
      machine: this.#options.machine,
      log: (text) => this.#write(step, text, 'info'),
      progress: (fraction, text) => {
        this.#advance(step, fraction)
        const said = this.#redact(text)
        this.#emit({ type: 'progress', step, at: this.#now(), fraction: this.#fraction, text: said })
      },
    }
  }

  #isDone(id: string): boolean {
    const state = this.#steps.get(id)?.state
    return state === 'done' || state === 'as-wanted'
  }

  /** Moves the bar forward, never back, and never to its end before everything is done. */
  #advance(running: string, fraction: number): void {
    let all = 0
    let done = 0
    for (const step of this.#plan.steps) {
      all += step.weight
      if (this.#isDone(step.id)) done += step.weight
      else if (step.id === running) done += step.weight * Math.min(Math.max(fraction, 0), 1)
    }
    this.#fraction = Math.max(this.#fraction, Math.min(done / all, 0.99))
  }

  #set(id: string, change: { state: StepState; ms?: number; summary?: string }): void {
    const before = this.#steps.get(id)
    if (!before) return
    const step = {
      ...before,
      ...change,
      ...(change.summary === undefined ? {} : { summary: this.#redact(change.summary) }),
    }
    this.#steps.set(id, step)
    this.#advance(id, 0)
    this.#emit({ type: 'step', step, at: this.#now(), fraction: this.#fraction })
  }

  #write(step: string, text: string, level: LogLine['level']): void {
    const line: LogLine = { at: this.#now(), step, text: this.#redact(text), level }
    this.#log.push(line)
    if (this.#log.length > LONGEST_LOG) this.#log.shift()
    this.#emit({ type: 'log', ...line })
  }

  #emit(event: RunEvent): void {
    this.#options.onEvent(event)
  }

  #redact(text: string): string {
    return this.#options.redactor.redact(text)
  }

  #now(): string {
    return this.#options.machine.clock.now().toISOString()
  }
}

function foreign(step: PlannedStep, evidence: readonly string[]): Problem {
  return {
    code: 'step.foreign',
    what: `“${step.title}” found something that this program did not make.`,
    ...(evidence[0] === undefined ? {} : { cause: evidence[0] }),
    next: 'Choose another name or folder, or move what is there away.',
    untouched: 'It was left as it is.',
    details: evidence,
  }
}
