import type { DatabaseTarget } from '../../database/target.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Installation } from '../../service/installation.ts'
import { databaseOfService as byFiles } from '../../steps/service-database.ts'
import { filesOf } from '../../steps/service-settings.ts'

/**
 * The database that an installed service uses, by the server's name as this machine knows it. A variable of its
 * container, pool or web.config wins over the settings, as it does for the service.
 * @param hide is told of every secret in it
 * @throws SetupError `installation.no-settings`, `installation.no-database`, and what reading IIS and the engine throws
 */
export function databaseOfService(
  machine: Machine,
  installation: Installation,
  hide: (...secrets: readonly Secret[]) => void,
): Promise<DatabaseTarget> {
  return byFiles(machine, filesOf(installation), hide)
}
