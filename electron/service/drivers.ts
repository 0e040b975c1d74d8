import type { DatabaseDrivers } from '../contract/database.ts'
import { librariesIn } from './runtime.ts'

/** The database drivers that a build of the service brings, by its `IdentityService.deps.json`; those not named there are left out. */
export function driversOf(depsJson: Uint8Array): DatabaseDrivers {
  const libraries = librariesIn(depsJson)
  const npgsql = libraries.get('npgsql')
  // Where both are there, the newer one is what Entity Framework Core connects with (since its version 3.0).
  const [sqlClient] = (['Microsoft.Data.SqlClient', 'System.Data.SqlClient'] as const).flatMap((name) => {
    const version = libraries.get(name.toLowerCase())
    return version === undefined ? [] : [{ package: name, version }]
  })
  return {
    ...(npgsql === undefined ? {} : { npgsql }),
    ...(sqlClient ? { sqlClient } : {}),
  }
}
