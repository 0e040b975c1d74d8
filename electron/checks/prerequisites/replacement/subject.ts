import type { Machine } from '../../../machine/machine.ts'
import type { Installation } from '../../../service/installation.ts'

/** A service that is there, and where its new PFX goes. */
export interface ReplacementSubject {
  readonly machine: Machine
  readonly installation: Installation
  /** PEM by which its address is trusted, where no file holds it yet. */
  readonly trust?: string
  readonly pfx: string
  /** The PFX goes elsewhere than where the one in use lies. */
  readonly moved: boolean
  /** Whether this user is the one who carries the plan out. */
  readonly elevated: boolean
}
