import type { Secret } from '../secrets/secret.ts'
import type { DatabaseDrivers, Provider } from '../contract/database.ts'

/** A database as the service will be told to use it. */
export interface DatabaseTarget {
  readonly provider: Provider
  readonly connectionString: Secret
  /** What the service's build connects with; left out, current drivers are taken. */
  readonly drivers?: DatabaseDrivers
}
