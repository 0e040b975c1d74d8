import type { ConnectionNote, DatabaseDrivers, Provider } from '../../contract/database.ts'
import type { Secret } from '../../secrets/secret.ts'

/** Everything to be said about a connection string before anything is connected. */
export function notesOn(
  _text: Secret,
  _provider: Provider,
  _drivers?: DatabaseDrivers,
): readonly ConnectionNote[] {
  return []
}
