import type { CheckReport, Evidence } from '../contract/check.ts'
import type { RunOutcome, StepFailure, StepProgress } from '../contract/run.ts'

/** Everything a report says, as data: the JSON beside the HTML. Redact it before it is written anywhere. */
export interface Report {
  readonly program: string
  readonly title: string
  readonly practice: boolean
  readonly outcome: RunOutcome
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly endedAt: string
  readonly ms: number
  readonly machine: readonly Evidence[]
  /** What the installer asked for; secrets as references or `[hidden]`. */
  readonly asked: readonly Evidence[]
  /** What was found before anything was changed. */
  readonly found: readonly Evidence[]
  readonly steps: readonly StepProgress[]
  readonly written: readonly ReportedFile[]
  readonly proof: readonly CheckReport[]
  /** What the service signs with now, and how long. */
  readonly certificate?: readonly Evidence[]
  readonly failure?: StepFailure
  readonly undoFailures: readonly StepFailure[]
  /** The system settings of Creatio to fill in, and where their values are. */
  readonly settings: readonly Evidence[]
  readonly next: readonly string[]
}

export interface ReportedFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly backup?: string
}

const outcomes: Readonly<Record<RunOutcome, string>> = {
  done: 'Done',
  'as-wanted': 'Everything was as wanted; nothing was changed',
  failed: 'Failed; what was done was left as it is',
  stopped: 'Stopped on request; it can be resumed',
  undone: 'Taken back',
  'undo-failed': 'Taken back, except for what is listed',
}

/** An outcome in words. */
export function outcomeText(outcome: RunOutcome): string {
  return outcomes[outcome]
}

/** The report as indented JSON with a line end. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
