import type { Machine } from '../../machine/machine.ts'
import { listInstallations, type Installation } from '../../service/installation.ts'
import { databaseOfService } from '../../steps/service-database.ts'
import { filesOf } from '../../steps/service-settings.ts'
import { databaseNamed, sameDatabase, type NamedDatabase } from '../installation/database-named.ts'

/** Other services of this machine, as far as this program knows them, that use the same database. Never rejects. */
export async function neighboursOf(
  machine: Machine,
  stateFolder: string,
  own: Installation,
  database: NamedDatabase,
): Promise<readonly string[]> {
  const others = (await listInstallations(machine, stateFolder).catch(() => [])).filter(
    ({ id, practice }) => id !== own.id && (practice ?? false) === (own.practice ?? false),
  )
  const looks = others.map(async (other) => {
    const target = await databaseOfService(machine, filesOf(other)).catch(() => undefined)
    const named = target && databaseNamed(target.connectionString.open())
    return named && sameDatabase(named, database) ? [other.name] : []
  })
  return (await Promise.all(looks)).flat()
}
