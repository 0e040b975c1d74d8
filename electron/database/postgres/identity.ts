import type { Client } from 'pg'
import type { IdentityDatabase } from '../identity-database.ts'
import type { Finding } from '../test/layers.ts'
import { deleteRows, insertRows, readRows } from './client-rows.ts'
import { postgresTables } from './identity-tables.ts'
import { readClients, readMigrations } from './read-clients.ts'
import { inTransaction, reading, readingAtOnce } from './transaction.ts'

/** The service's tables in a PostgreSQL database that is logged in to. */
export function postgresIdentity(client: Client, explain: (error: unknown) => Finding): IdentityDatabase {
  return {
    tables: () => reading(explain, () => postgresTables(client)),
    migrations: () => reading(explain, () => readMigrations(client)),
    clients: () => reading(explain, () => readClients(client, null)),
    client: (id) => reading(explain, async () => (await readClients(client, id))[0]),
    rowsOf: (id) => readingAtOnce(client, explain, () => readRows(client, id)),
    removeRows: (rows) => inTransaction(client, explain, () => deleteRows(client, rows)),
    restoreRows: (rows, instead) => inTransaction(client, explain, () => insertRows(client, rows, instead)),
    close: () => client.end().catch(() => undefined),
  }
}
