import type { Secret } from '../secrets/secret.ts'
import type { Provider } from './connection/keywords.ts'

/** A database as the service will be told to use it. */
export interface DatabaseTarget {
  readonly provider: Provider
  readonly connectionString: Secret
}
