import type { CheckReport, Evidence, Remedy } from './check.ts'
import type { StepGroup } from './plan.ts'
import type { Problem } from './problem.ts'

export type StepState =
  'waiting' | 'running' | 'done' | 'as-wanted' | 'failed' | 'undoing' | 'undone' | 'undo-failed'

/** Why a step failed, when the evidence tells: one cause, one remedy, the raw words. */
export interface Diagnosis {
  readonly id: string
  readonly cause: string
  readonly remedy: Remedy
  readonly evidence: readonly Evidence[]
}

export interface StepProgress {
  readonly id: string
  readonly title: string
  readonly group: StepGroup
  readonly state: StepState
  readonly ms?: number
  /** What was done, or why it failed, in one sentence. */
  readonly summary?: string
}

export type RunOutcome =
  /** Every step done and verified. */
  | 'done'
  /** Nothing had to be changed. */
  | 'as-wanted'
  /** A step failed; what was done stays until the installer decides. */
  | 'failed'
  /** Stopped after a step, on request; can be resumed. */
  | 'stopped'
  /** Everything done was taken back. */
  | 'undone'
  /** Taken back, but something could not be; see `undoFailures`. */
  | 'undo-failed'

/** The whole state of a run: what a page shows that has just come (back) to it. */
export interface RunView {
  readonly id: string
  readonly title: string
  readonly practice: boolean
  readonly status: 'running' | 'stopping' | 'undoing' | RunOutcome
  readonly steps: readonly StepProgress[]
  /** 0–1, never falls while installing. */
  readonly fraction: number
  readonly startedAt: string
  readonly elapsedMs: number
  readonly log: readonly LogLine[]
  readonly failure?: StepFailure
  /** A failure while taking back stands beside the first failure and hides nothing. */
  readonly undoFailures: readonly StepFailure[]
}

export interface StepFailure {
  readonly step: string
  readonly title: string
  readonly problem: Problem
  readonly diagnosis?: Diagnosis
}

export interface LogLine {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Step id, or `setup`. */
  readonly step: string
  readonly text: string
  readonly level: 'info' | 'error'
}

/** What a run says while it goes; `apply --json` prints one of these a line. */
export type RunEvent =
  | {
      readonly type: 'run-started'
      readonly run: string
      readonly title: string
      readonly at: string
      readonly steps: readonly StepProgress[]
    }
  | {
      readonly type: 'step'
      readonly step: StepProgress
      readonly at: string
      readonly fraction: number
    }
  | {
      readonly type: 'progress'
      readonly step: string
      readonly at: string
      readonly fraction: number
      readonly text: string
    }
  | ({ readonly type: 'log' } & LogLine)
  | {
      readonly type: 'failure'
      readonly at: string
      readonly failure: StepFailure
      readonly undoing: boolean
    }
  | {
      readonly type: 'run-finished'
      readonly run: string
      readonly at: string
      readonly outcome: RunOutcome
      readonly ms: number
    }
  | { readonly type: 'check'; readonly at: string; readonly check: CheckReport }
