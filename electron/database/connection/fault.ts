import type { Problem } from '../../contract/problem.ts'
import type { PartName } from './keywords.ts'

/** What keeps a connection string from being used, and where in it that is. */
export interface Fault {
  readonly problem: Problem
  /** An option, as written. */
  readonly keyword?: string
  /** Or one of the parts with a field of their own. */
  readonly part?: PartName
}
