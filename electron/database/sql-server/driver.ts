import type { Secret } from '../../secrets/secret.ts'
import type { IdentityDatabase } from '../identity-database.ts'
import type { Finding } from '../test/layers.ts'
import { loginMssql } from './client.ts'
import { explainMssql } from './explain.ts'
import { mssqlIdentity } from './identity.ts'
import { mssqlSettings } from './settings.ts'

/** How a SQL Server database is opened for reading, and what its failures mean. */
export function mssqlDriver(connectionString: Secret): {
  readonly open: (signal: AbortSignal) => Promise<IdentityDatabase>
  readonly explain: (error: unknown) => Finding
} {
  const settings = mssqlSettings(connectionString)
  return {
    open: async (signal) => mssqlIdentity(await loginMssql(settings, signal)),
    explain: explainMssql(settings),
  }
}
