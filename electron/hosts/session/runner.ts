import type { RunOutcome, RunView } from '../../contract/run.ts'
import type { WrittenFile } from '../../setup/step.ts'

/**
 * A run as whoever drives it sees it: the `Run` of this process, or one that an elevated worker carries out.
 * None of its functions rejects: what goes wrong stands in the view.
 */
export interface RunHandle {
  readonly view: RunView
  readonly writtenFiles: readonly WrittenFile[]
  /** Runs all steps that are not done yet. */
  go(): Promise<RunOutcome>
  /** Takes back everything that was done. */
  rollBack(): Promise<RunOutcome>
  /** Ends the run after the step that is running. */
  stop(): void
}
