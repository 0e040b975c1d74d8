import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { IdentityDatabase } from '../identity-database.ts'
import type { Finding } from '../test/layers.ts'
import { loginPostgres } from './client.ts'
import { explainPostgres } from './explain.ts'
import { postgresIdentity } from './identity.ts'
import { postgresSettings } from './settings.ts'
import { trustOf } from './tls.ts'

/** How a PostgreSQL database is opened for reading, and what its failures mean. */
export function postgresDriver(
  machine: Machine,
  connectionString: Secret,
): {
  readonly open: (signal: AbortSignal) => Promise<IdentityDatabase>
  readonly explain: (error: unknown) => Finding
} {
  const settings = postgresSettings(connectionString)
  return {
    open: async (signal) =>
      postgresIdentity(await loginPostgres(settings, await trustOf(machine, settings), signal)),
    explain: explainPostgres(settings),
  }
}
