import type { Machine } from '../../../machine/machine.ts'
import type { Installation } from '../../../service/installation.ts'

/** A service that is there, and the PFX that it signs with. */
export interface ReplacementSubject {
  readonly machine: Machine
  readonly installation: Installation
  readonly pfx: string
}
