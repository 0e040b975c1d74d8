import type { DatabaseDrivers, Provider } from '../../contract/database.ts'

/** Whether a version is at least another, by its first two numbers. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = numbers(version)
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/**
 * The version by which a provider's keywords are judged; undefined where the build was not read.
 * System.Data.SqlClient counts as `0`: it knows nothing that Microsoft.Data.SqlClient brought.
 */
export function driverVersion(provider: Provider, drivers: DatabaseDrivers | undefined): string | undefined {
  if (provider === 'PostgreSQL') return drivers?.npgsql
  if (drivers?.sqlClient?.package === 'System.Data.SqlClient') return '0'
  return drivers?.sqlClient?.version
}

/** The driver as it is called in a sentence, such as `Npgsql 8.0.3`. */
export function driverName(provider: Provider, drivers: DatabaseDrivers | undefined): string {
  if (provider === 'PostgreSQL') return drivers?.npgsql === undefined ? 'Npgsql' : `Npgsql ${drivers.npgsql}`
  const driver = drivers?.sqlClient
  return driver ? `${driver.package} ${driver.version}` : 'Microsoft.Data.SqlClient'
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0)
}
