import type { Machine } from '../../machine/machine.ts'
import type { Session } from '../session/session.ts'
import type { Output } from './output.ts'

/** What every command gets. */
export interface CommandContext {
  readonly machine: Machine
  readonly session: Session
  readonly output: Output
}
