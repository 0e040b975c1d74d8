import type { CheckReport } from '../../contract/check.ts'
import type { PlanView } from '../../contract/plan.ts'
import type { Problem } from '../../contract/problem.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { RunHandle } from '../session/runner.ts'
import type { PrepareMessage, ReopenMessage } from './messages.ts'

/** A plan that the worker made by itself, from facts that it gathered by itself. */
export interface WorkerPlan {
  readonly view: PlanView
  /** Opens a run of it, with its journal. */
  run(onEvent: (event: RunEvent) => void): Promise<RunHandle>
  /** Proves what it installs. */
  prove(onCheck: (check: CheckReport) => void): Promise<readonly CheckReport[]>
}

/** What a worker can do. Rejects with SetupErrors; what it tells is redacted. */
export interface WorkerPlans {
  prepare(message: PrepareMessage): Promise<WorkerPlan | { readonly problems: readonly Problem[] }>
  /** Opens an interrupted run, to take it back. */
  reopen(message: ReopenMessage, onEvent: (event: RunEvent) => void): Promise<RunHandle>
  /** What went wrong, without secrets. */
  redact(problem: Problem): Problem
}
