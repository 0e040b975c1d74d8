import type { DatabaseDrivers } from '../../contract/database.ts'

/** Whether SQL Server's driver encrypts where the connection string does not say: Microsoft.Data.SqlClient since 4.0. */
export function encryptByDefault(drivers?: DatabaseDrivers): boolean {
  const driver = drivers?.sqlClient
  if (!driver) return true
  return driver.package === 'Microsoft.Data.SqlClient' && majorOf(driver.version) >= 4
}

/** What Npgsql takes for `SSL Mode` where the connection string does not say: `Prefer` since 6.0. */
export function sslModeByDefault(drivers?: DatabaseDrivers): 'Disable' | 'Prefer' {
  return majorOf(drivers?.npgsql ?? '8') < 6 ? 'Disable' : 'Prefer'
}

/** The first number of a version. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}
