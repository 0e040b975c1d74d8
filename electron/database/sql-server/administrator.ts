import type { ConnectionPool } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../target.ts'
import { explainMssql } from './explain.ts'
import { openMssql } from './open.ts'
import { mssqlSettings } from './settings.ts'

/**
 * Logs in to `master` as the administrator for as long as the work takes.
 * @throws SetupError `database.open` when that is not possible
 */
export async function asAdministrator<T>(
  machine: Machine,
  admin: DatabaseTarget,
  work: (pool: ConnectionPool) => Promise<T>,
): Promise<T> {
  const settings = { ...mssqlSettings(admin), database: 'master' }
  if (settings.windowsLogin) throw windowsAdministrator()
  let pool: ConnectionPool
  try {
    pool = await openMssql(machine, settings, new AbortController().signal)
  } catch (error) {
    const { summary, cause, remedy, driverMessage } = explainMssql(settings)(error)
    throw new SetupError(
      {
        code: 'database.open',
        what: `The administrator cannot log in: ${summary}.`,
        ...(cause ? { cause } : {}),
        next: remedy?.text ?? 'Check the administrator’s user and password.',
        ...(driverMessage ? { details: [driverMessage] } : {}),
      },
      { cause: error },
    )
  }
  try {
    return await work(pool)
  } finally {
    await pool.close().catch(() => undefined)
  }
}

function windowsAdministrator(): SetupError {
  return new SetupError({
    code: 'database.open',
    what: 'The administrator cannot log in with a Windows login here.',
    cause: 'This program logs in to SQL Server with user and password only.',
    next: 'Enter a SQL Server login of an administrator, or let one create the database.',
  })
}
