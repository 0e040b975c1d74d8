import type { Problem } from './problem.ts'

/** What a setup will do, as data: shown on the review page, printed by `plan`, compared in tests. No secret in it. */
export interface PlanView {
  readonly id: string
  readonly title: string
  readonly practice: boolean
  /** Administrator rights that the setup needs: Windows will ask for them, or this program has them already. */
  readonly elevation: 'none' | 'asked' | 'present'
  readonly steps: readonly PlanStep[]
  readonly warnings: readonly Problem[]
  /** Things nearby that stay as they are, a sentence each. */
  readonly untouched: readonly string[]
}

export type StepGroup = 'files' | 'certificate' | 'container' | 'website' | 'service' | 'database' | 'windows'

/**
 * What a step finds before it acts. `foreign`: something is there that this program did not make. `unknown`: only
 * an administrator can look, and this program is none yet.
 */
export type FoundState = 'absent' | 'as-wanted' | 'differs' | 'foreign' | 'unknown'

export interface PlanStep {
  readonly id: string
  readonly title: string
  readonly group: StepGroup
  /** A few words at the right of the row, such as `412 files` or `port 8090`. */
  readonly detail: string
  readonly found: FoundState
  readonly evidence: readonly string[]
  readonly files: readonly FileChange[]
  readonly commands: readonly string[]
  readonly sql: readonly string[]
  readonly notes: readonly string[]
}

export interface FileChange {
  readonly path: string
  readonly change: 'new' | 'changed' | 'unchanged'
  readonly added: number
  readonly removed: number
  readonly lines: readonly DiffLine[]
  /** For files that are not text: what they will hold. */
  readonly binary?: string
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap'
  readonly oldLine?: number
  readonly newLine?: number
  readonly text: string
}
