import { join } from 'node:path'
import { withParts } from '../database/connection/connection-string.ts'
import { hiddenParts } from '../database/connection/hidden-parts.ts'
import type { IdentityDatabase } from '../database/identity-database.ts'
import { openDatabase } from '../database/open-database.ts'
import type { DatabaseTarget } from '../database/target.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { Secret } from '../secrets/secret.ts'
import { connectionNamed } from '../service/connection-named.ts'
import { driversOf } from '../service/drivers.ts'
import { serviceSettings, type ServiceFiles, type ServiceSettings } from './service-settings.ts'

/** Told of every secret before it is used. */
type Hide = (...secrets: readonly Secret[]) => void

/**
 * The database that a service uses, by the server's name as this machine knows it.
 * @throws SetupError `installation.no-database`; what `serviceSettings` throws
 */
export async function databaseOfService(
  machine: Machine,
  files: ServiceFiles,
  hide: Hide = () => {},
): Promise<DatabaseTarget> {
  return databaseIn(machine, files, await serviceSettings(machine, files), hide)
}

/** As {@link databaseOfService}, from settings that were read before. */
export async function databaseIn(
  machine: Machine,
  { target, settings: file, databaseServer: server }: ServiceFiles,
  settings: ServiceSettings,
  hide: Hide = () => {},
): Promise<DatabaseTarget> {
  const { provider, connectionString } = connectionNamed((key) => settings.value(key))
  if (connectionString === '') throw noDatabase(file)
  const written = new Secret(connectionString)
  hide(...hiddenParts(written))
  const deps = await machine.files.read(join(target, 'IdentityService.deps.json')).catch(() => undefined)
  return {
    provider,
    connectionString: server === undefined ? written : withParts(written, { server }, provider),
    ...(deps ? driversIn(deps) : {}),
  }
}

/**
 * Does something with the service’s database, logged in as the service does.
 * @param known where its settings are still to be written
 * @throws SetupError `database.open`, those of `databaseOfService`
 */
export async function withDatabase<T>(
  machine: Machine,
  files: ServiceFiles,
  use: (database: IdentityDatabase, target: DatabaseTarget) => Promise<T>,
  known?: DatabaseTarget,
): Promise<T> {
  const target = known ?? (await databaseOfService(machine, files))
  const database = await openDatabase(machine, target)
  try {
    return await use(database, target)
  } finally {
    await database.close()
  }
}

function driversIn(deps: Uint8Array): Pick<DatabaseTarget, 'drivers'> {
  try {
    return { drivers: driversOf(deps) }
  } catch {
    return {}
  }
}

function noDatabase(file: string): SetupError {
  return new SetupError({
    code: 'installation.no-database',
    what: 'The settings of the service name no database.',
    where: { file, path: 'DatabaseConnectionString' },
    next: 'Write the connection string into the settings, and let the service start once.',
    untouched: 'Nothing was changed.',
  })
}
