import type { DatabaseDrivers } from '../../contract/database.ts'
import { isAtLeast } from './driver-version.ts'

/**
 * Whether SQL Server's driver encrypts where the connection string does not say: Microsoft.Data.SqlClient does since 4.0,
 * System.Data.SqlClient never does. Where the build was not read, a current driver is taken.
 * https://learn.microsoft.com/sql/connect/ado-net/introduction-microsoft-data-sqlclient-namespace
 */
export function encryptByDefault(drivers?: DatabaseDrivers): boolean {
  const driver = drivers?.sqlClient
  if (!driver) return true
  return driver.package === 'Microsoft.Data.SqlClient' && isAtLeast(driver.version, '4.0')
}

/**
 * What Npgsql takes for `SSL Mode` where the connection string does not say: `Prefer` since 6.0.
 * https://www.npgsql.org/doc/release-notes/6.0.html
 */
export function sslModeByDefault(drivers?: DatabaseDrivers): 'Disable' | 'Prefer' {
  return isAtLeast(drivers?.npgsql ?? '8', '6.0') ? 'Prefer' : 'Disable'
}

/**
 * What `SSL Mode=Require` checks: nothing since Npgsql 8.0; 6.0 and 7.0 refuse it without `Trust Server Certificate=True`;
 * older versions check the server's certificate with its name, unless that is set.
 * https://www.npgsql.org/doc/release-notes/8.0.html
 */
export function requireChecks(
  drivers?: DatabaseDrivers,
): 'nothing' | 'refused-without-trust' | 'certificate' {
  const version = drivers?.npgsql ?? '8'
  if (isAtLeast(version, '8.0')) return 'nothing'
  return isAtLeast(version, '6.0') ? 'refused-without-trust' : 'certificate'
}
