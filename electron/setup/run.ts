import type { Problem } from '../contract/problem.ts'
import { problemOf, SetupError } from '../contract/problem.ts'
import type { RunEvent, RunOutcome, RunView, StepFailure } from '../contract/run.ts'
import type { Machine } from '../machine/machine.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { Journal, JournalLine } from './journal.ts'
import type { Plan } from './plan.ts'
import { RunAccount } from './run-account.ts'
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

/**
 * Carries out a plan, step by step: look; act only where something is to be done; prove it. When a step fails
 * everything stays as it is; whoever drives the run then calls {@link Run.go} again or {@link Run.rollBack}.
 */
export class Run {
  readonly #plan: Plan
  readonly #options: RunOptions
  readonly #account: RunAccount
  readonly #changed = new Set<string>()
  #stop = new AbortController()
  #repeated = false

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan
    this.#options = options
    const { machine, redactor, journal, onEvent } = options
    this.#account = new RunAccount(plan, { id: journal.head.id, clock: machine.clock, redactor, onEvent })
  }

  get view(): RunView {
    return this.#account.view(this.#stop.signal.aborted)
  }

  /** What the run, and those it continues, wrote. */
  get writtenFiles(): readonly WrittenFile[] {
    return this.#options.journal.writtenFiles()
  }

  /** Ends the run after the step that is running, or within it where the step can be left. */
  stop(): void {
    this.#stop.abort()
  }

  /** Runs all steps that are not done yet or, after a failure or a stop, do not stand any more. Never rejects. */
  async go(): Promise<RunOutcome> {
    this.#stop = new AbortController()
    const { signal } = this.#stop
    this.#repeated = this.#account.hasEnded
    this.#account.begins()
    for (const step of this.#plan.steps) {
      try {
        if (this.#account.isDone(step.id) && (await this.#stillStands(step))) continue
        if (signal.aborted) return this.#end('stopped')
        await this.#carryOut(step)
      } catch (error) {
        if (signal.aborted && error === signal.reason) {
          this.#account.step(step.id, { state: 'waiting' })
          return this.#end('stopped')
        }
        await this.#fail(step, error)
        return this.#end('failed')
      }
    }
    return this.#end(this.#changed.size === 0 ? 'as-wanted' : 'done')
  }

  /** Takes back everything the journal knows of, last effect first. Failures are collected; the rest goes on. */
  async rollBack(): Promise<RunOutcome> {
    this.#account.takesBack()
    const { machine, registry, journal } = this.#options
    await this.#note({ type: 'taking-back', at: this.#account.now() })
    const titles = new Map(journal.head.steps.map((step) => [step.id, step.title]))
    await undoAll(journal, registry, machine, {
      context: (step) => this.#context(step),
      input: ({ step, kind }) =>
        this.#plan.steps.find((planned) => planned.id === step && planned.kind === kind)?.input,
      state: (step, state) => this.#account.step(step, { state }),
      failed: (step, error) => this.#account.failed(failureOf(step, titles.get(step) ?? step, error), true),
    })
    return this.#end(this.#account.hasUndoFailures ? 'undo-failed' : 'undone')
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
    this.#account.step(step.id, { state: 'running' })
    const found = await this.#find(step, context)
    if (found.state === 'as-wanted' && !journal.changedSince(step.id, step.follows)) {
      this.#account.step(step.id, {
        state: 'as-wanted',
        ms: ms(),
        summary: found.evidence[0] ?? 'As wanted.',
      })
      return
    }
    if (found.state === 'foreign') throw new SetupError(foreign(step, found.evidence))
    if (found.state === 'unknown') throw new SetupError(notSeen(step, found.evidence))
    await journal.add({ type: 'begin', at: this.#account.now(), step: step.id, kind: step.kind })
    const summary = await kind.apply(step.input, {
      ...context,
      backupFolder: journal.backupFolder,
      signal: this.#stop.signal,
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
    const done = { at: this.#account.now(), step: step.id, ms: ms(), summary: this.#account.redact(summary) }
    await journal.add({ type: 'done', ...done })
    this.#account.step(step.id, { state: 'done', ms: ms(), summary })
  }

  /** What a step finds now. Once something is changed, or the run was at an end, everything is looked at again. */
  async #find(step: PlannedStep, context: StepContext): Promise<Found> {
    const { found, registry } = this.#options
    const known = this.#changed.size === 0 && !this.#repeated ? found?.get(step.id) : undefined
    return known?.state === 'as-wanted' ? known : registry.find(step.kind).inspect(step.input, context)
  }

  async #fail({ id, title }: PlannedStep, error: unknown): Promise<void> {
    const { problem } = this.#account.failed(failureOf(id, title, error), false)
    await this.#note({ type: 'failed', at: this.#account.now(), step: id, problem }, id)
  }

  async #end(outcome: RunOutcome): Promise<RunOutcome> {
    await this.#note({ type: 'end', at: this.#account.now(), outcome })
    this.#account.ends(outcome)
    return outcome
  }

  /** A line without which everything still goes on. */
  async #note(line: JournalLine, step = 'setup'): Promise<void> {
    try {
      await this.#options.journal.add(line)
    } catch (error) {
      this.#account.log(step, `The journal could not be written: ${problemOf(error).what}`, 'error')
    }
  }

  #context(step: string): StepContext {
    return {
      machine: this.#options.machine,
      log: (text) => this.#account.log(step, text),
      progress: (fraction, text) => this.#account.progress(step, fraction, text),
    }
  }
}

function failureOf(step: string, title: string, error: unknown): StepFailure {
  const { where, ...rest } = problemOf(error)
  const problem: Problem = { ...rest, where: { ...where, step } }
  return error instanceof DiagnosedError
    ? { step, title, problem, diagnosis: error.diagnosis }
    : { step, title, problem }
}

/** A plan may be made without administrator rights; nothing is changed without them. */
function notSeen(step: PlannedStep, evidence: readonly string[]): Problem {
  return {
    code: 'step.unknown',
    what: `“${step.title}” could not look at what it is to change.`,
    ...(evidence[0] === undefined ? {} : { cause: evidence[0] }),
    next: 'Start the setup with administrator rights.',
    untouched: 'It was left as it is.',
    details: evidence,
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
