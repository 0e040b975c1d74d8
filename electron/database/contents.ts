import type { DatabaseContentsView } from '../contract/database.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { judgeContents } from './contents-verdict.ts'
import type { IdentityDatabase } from './identity-database.ts'
import { openDatabase } from './open-database.ts'
import type { DatabaseTarget } from './target.ts'

export interface ContentsOptions {
  /** The client that this setup is about; without a secret nothing is compared. */
  readonly client?: { readonly id: string; readonly secret?: Secret }
  readonly signal?: AbortSignal
}

/**
 * What a database holds of the Identity Service. Secrets are compared by their stored hashes and never shown.
 * @throws SetupError `database.open` when it cannot be logged in to, `database.read` when the service's user may not read
 */
export async function readContents(
  machine: Machine,
  target: DatabaseTarget,
  { client, signal }: ContentsOptions = {},
): Promise<DatabaseContentsView> {
  const database = await openDatabase(machine, target, signal ? { signal } : {})
  const close = (): void => void database.close()
  signal?.addEventListener('abort', close, { once: true })
  try {
    return await contentsOf(database, client)
  } finally {
    signal?.removeEventListener('abort', close)
    await database.close()
  }
}

/** The same for a database that is open already; it stays open. */
export async function contentsOf(
  database: IdentityDatabase,
  client?: ContentsOptions['client'],
): Promise<DatabaseContentsView> {
  const tables = await database.tables()
  const migrations = await database.migrations()
  const clients = tables.present.includes('Clients') ? await database.clients() : []
  return judgeContents({ tables, migrations, clients, ...(client ? { client } : {}) })
}
