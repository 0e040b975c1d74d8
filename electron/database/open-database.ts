import { SetupError } from '../contract/problem.ts'
import { parseConnectionString } from './connection/connection-string.ts'
import { problemsIn } from './connection/problems.ts'
import type { Machine } from '../machine/machine.ts'
import type { IdentityDatabase } from './identity-database.ts'
import { openWithin, type OpenOptions } from './open-within.ts'
import type { Finding } from './connection-test/layers.ts'
import type { DatabaseTarget } from './target.ts'

/**
 * Logs in to the service's database. The caller closes it.
 * @throws SetupError `database.open`, explained as the connection test explains it; for a connection string that cannot
 *   work what `problemsIn` says.
 */
export async function openDatabase(
  machine: Machine,
  target: DatabaseTarget,
  options: OpenOptions = {},
): Promise<IdentityDatabase> {
  const [problem] = problemsIn(
    parseConnectionString(target.connectionString, target.provider),
    target.drivers,
  )
  if (problem) throw new SetupError(problem)
  const { open, explain } = await driverOf(machine, target)
  return openWithin(machine, open, explain, options)
}

interface Driver {
  readonly open: (signal: AbortSignal) => Promise<IdentityDatabase>
  readonly explain: (error: unknown) => Finding
}

async function driverOf(machine: Machine, target: DatabaseTarget): Promise<Driver> {
  if (target.provider === 'MsSqlServer') {
    const { mssqlDriver } = await import('./sql-server/driver.ts')
    return mssqlDriver(machine, target)
  }
  const { postgresDriver } = await import('./postgres/driver.ts')
  return postgresDriver(machine, target)
}
