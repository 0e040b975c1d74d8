import type { Machine } from '../../machine/machine.ts'
import type { IdentityDatabase } from '../identity-database.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding } from '../connection-test/layers.ts'
import { explainMssql } from './explain.ts'
import { mssqlIdentity } from './identity.ts'
import { openMssql } from './open.ts'
import { mssqlSettings } from './settings.ts'

/** How a SQL Server database is opened, and what its failures mean. `browserPort` is for tests. */
export function mssqlDriver(
  machine: Machine,
  target: Pick<DatabaseTarget, 'connectionString' | 'drivers'>,
  browserPort?: number,
): {
  readonly open: (signal: AbortSignal) => Promise<IdentityDatabase>
  readonly explain: (error: unknown) => Finding
} {
  const settings = mssqlSettings(target)
  return {
    open: async (signal) => mssqlIdentity(await openMssql(machine, settings, signal, browserPort)),
    explain: explainMssql(settings),
  }
}
