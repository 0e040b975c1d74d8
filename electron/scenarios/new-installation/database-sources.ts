import type { DatabaseDrivers } from '../../contract/database.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Vault } from '../../secrets/vault.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'

/** Where the database of answers is found. */
export interface DatabaseSources {
  readonly machine: Machine
  readonly references: SecretReferences
  /** The practice run's own database, when there is one. */
  readonly practice?: Secret
  /** Told of every secret before it is used. */
  readonly hide: (...secrets: readonly Secret[]) => void
  /** What the service's build connects with, where its files were read. */
  readonly drivers?: DatabaseDrivers
  /** Settings in the target folder, when a service stands there. */
  readonly settings?: Uint8Array
  /** Where a password that is made here is kept for the time of this session. */
  readonly vault?: Vault
}
