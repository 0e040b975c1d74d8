import type { FileChange, FoundState, StepGroup } from '../contract/plan.ts'
import { SetupError, type Problem } from '../contract/problem.ts'
import type { Diagnosis } from '../contract/run.ts'
import type { Machine } from '../machine/machine.ts'
import type { ScriptContext, ScriptPart } from './script-parts.ts'

/**
 * One thing a setup does, in five verbs. `Input` is everything it needs, as data made by the plan; `Undo` is what
 * it must remember to take itself back, as JSON without secrets, because it is written to the journal.
 */
export interface Step<Input, Undo> {
  /** Stable name, such as `write-settings`; the journal finds the step again by it. */
  readonly kind: string
  /** What is there now, read only. */
  inspect(input: Input, context: StepContext): Promise<Found>
  /** What `apply` will do, without touching the machine. */
  preview(input: Input): Preview
  /** Does it. Resolves to one sentence for the log. */
  apply(input: Input, context: ApplyContext<Undo>): Promise<string>
  /** Proves that it is done by looking, not by remembering. Rejects when it is not. */
  verify(input: Input, context: StepContext): Promise<string>
  /**
   * Takes back what one record says, also when that effect never happened.
   * @param input where the plan is at hand, what no record may hold, such as an administrator's password; after a
   *   crash, when nothing but the journal is left, undefined. A step that cannot do without rejects then, with words.
   */
  undo(record: Undo, context: StepContext, input?: Input): Promise<string>
  /**
   * What taking back one record has to leave until everything else is taken back, such as starting what reads the
   * restored files. Also when that has happened before.
   */
  settle?(record: Undo, context: StepContext, input?: Input): Promise<string>
  /** Settled after everything else is: it needs what another step starts again. */
  readonly settlesLast?: true
  /**
   * How a script for Windows PowerShell does the same where nothing of it is there yet. Left out where no script can.
   * Throws `script.*` for an input that cannot be put into one.
   */
  script?(input: Input, context: ScriptContext): readonly ScriptPart[]
}

export interface Found {
  readonly state: FoundState
  readonly evidence: readonly string[]
  /** Files that are there already: what the preview, which looks at nothing, calls new is a change of them, or none. */
  readonly there?: readonly string[]
}

interface Preview {
  /** A few words for the row, such as `412 files`. */
  readonly detail: string
  readonly files?: readonly FileChange[]
  readonly commands?: readonly string[]
  readonly sql?: readonly string[]
  readonly notes?: readonly string[]
}

export interface StepContext {
  readonly machine: Machine
  /** A line for the log; it is redacted on its way out. */
  log(text: string): void
  /** How far the running step is (0–1) and what it is at. */
  progress(fraction: number, text: string): void
}

export interface ApplyContext<Undo> extends StepContext {
  /** A folder of this run for copies of what is about to be replaced; private to this user. */
  readonly backupFolder: string
  /**
   * Puts on disk how to take back the effect that comes next. Call it before each effect, so that a crash
   * between the two leaves a journal that knows more than happened, never less.
   */
  willUndo(record: Undo): Promise<void>
  /**
   * Aborted when the installer stops the run. A step that takes long may then reject with its reason instead of coming
   * to its end: the run counts as stopped, not as failed.
   */
  readonly signal: AbortSignal
  /** Says for the report what was written, and where the former content is kept. */
  wrote(file: WrittenFile): Promise<void>
}

export interface WrittenFile {
  readonly path: string
  readonly bytes: number
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string
  readonly backup?: string
}

/** A step with its input: one line of a plan. */
export interface PlannedStep<Input = unknown> {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly group: StepGroup
  readonly input: Input
  /** Its share of the progress bar, compared with the other steps. */
  readonly weight: number
  /** Ids of earlier steps after whose change this one must act although it finds everything as wanted. */
  readonly follows: readonly string[]
}

/** Puts a step and its input together, so that the compiler sees that they fit. */
export function planned<Input, Undo>(
  step: Step<Input, Undo>,
  about: { id: string; title: string; group: StepGroup; weight?: number; follows?: readonly string[] },
  input: Input,
): PlannedStep<Input> {
  const { id, title, group, weight = 1, follows = [] } = about
  return { id, kind: step.kind, title, group, weight, follows, input }
}

/** Finds a step by its kind; throws for a kind that this version does not know. */
export interface StepRegistry {
  find(kind: string): Step<unknown, unknown>
}

/** Makes a registry of steps. Input and undo types meet again through the kind, which is why they may be erased here. */
export function stepRegistry(steps: readonly Step<never, never>[]): StepRegistry {
  const byKind = new Map(steps.map((step) => [step.kind, step as unknown as Step<unknown, unknown>]))
  return {
    find(kind) {
      const step = byKind.get(kind)
      if (step) return step
      throw new SetupError({
        code: 'journal.unknown-step',
        what: `This version of the program does not know the step “${kind}”.`,
        next: 'Use the version that wrote the journal, or discard it.',
        untouched: 'Nothing was changed.',
      })
    },
  }
}

/** A failure whose cause the evidence told. */
export class DiagnosedError extends SetupError {
  readonly diagnosis: Diagnosis

  constructor(problem: Problem, diagnosis: Diagnosis) {
    super(problem)
    this.name = 'DiagnosedError'
    this.diagnosis = diagnosis
  }
}

/** The same failure with one more line of what is known of it; what nobody expected stays as it is. */
export function withDetail(error: unknown, line: string): unknown {
  if (!(error instanceof SetupError)) return error
  const problem = { ...error.problem, details: [...(error.problem.details ?? []), line] }
  return error instanceof DiagnosedError
    ? new DiagnosedError(problem, error.diagnosis)
    : new SetupError(problem, { cause: error })
}
