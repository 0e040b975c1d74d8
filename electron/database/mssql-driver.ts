import type { Secret } from '../secrets/secret.ts'
import type { IdentityDatabase } from './identity-database.ts'
import type { Finding } from './layers.ts'
import { loginMssql } from './mssql-client.ts'
import { explainMssql } from './mssql-explain.ts'
import { mssqlIdentity } from './mssql-identity.ts'
import { mssqlSettings } from './mssql-settings.ts'

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
