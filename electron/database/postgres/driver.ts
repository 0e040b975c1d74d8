import type { Machine } from '../../machine/machine.ts'
import type { IdentityDatabase } from '../identity-database.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding } from '../connection-test/layers.ts'
import { loginPostgres } from './client.ts'
import { explainPostgres } from './explain.ts'
import { postgresIdentity } from './identity.ts'
import { postgresSettings } from './settings.ts'
import { trustOf } from './tls.ts'

/** How a PostgreSQL database is opened, and what its failures mean. */
export function postgresDriver(
  machine: Machine,
  { connectionString, drivers }: DatabaseTarget,
): {
  readonly open: (signal: AbortSignal) => Promise<IdentityDatabase>
  readonly explain: (error: unknown) => Finding
} {
  const settings = postgresSettings(connectionString, drivers)
  return {
    open: async (signal) =>
      postgresIdentity(
        await loginPostgres(settings, await trustOf(machine, settings), signal),
        explainPostgres(settings),
      ),
    explain: explainPostgres(settings),
  }
}
