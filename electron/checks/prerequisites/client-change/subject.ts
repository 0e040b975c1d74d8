import type { ClientRows } from '../../../database/identity-database.ts'
import type { DatabaseTarget } from '../../../database/target.ts'
import type { Machine } from '../../../machine/machine.ts'
import type { Installation } from '../../../service/installation.ts'

/** A service that is there, and the client that is to be another one. */
export interface ClientChangeSubject {
  readonly machine: Machine
  readonly installation: Installation
  /** PEM by which its address is trusted, where no file holds it yet. */
  readonly trust?: string
  /** The file that the service has its clients from. */
  readonly settings: string
  /** As this machine reaches it; missing where only an administrator may see it. */
  readonly database?: DatabaseTarget
  readonly clientId: ClientRows['clientId']
}
