import type { Client } from 'pg'
import type { IdentityDatabase } from '../identity-database.ts'
import type { Finding } from '../connection-test/layers.ts'
import { deleteRows, insertRows, readRows } from './client-rows.ts'
import { leavePostgres } from './client.ts'
import { postgresTables } from './identity-tables.ts'
import { readMentions } from './mentions.ts'
import { readClients, readMigrations } from './read-clients.ts'
import { inTransaction, readingAtOnce } from './transaction.ts'

/** The service's tables in a PostgreSQL database that is logged in to. */
export function postgresIdentity(client: Client, explain: (error: unknown) => Finding): IdentityDatabase {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: checks ask at the same time, and a transaction is its beginner’s alone.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const reading = <T>(read: () => Promise<T>) => inTurn(() => readingAtOnce(client, explain, read))
  const changing = (change: () => Promise<void>) => inTurn(() => inTransaction(client, explain, change))
  return {
    tables: () => reading(() => postgresTables(client)),
    migrations: () => reading(() => readMigrations(client)),
    clients: () => reading(() => readClients(client, null)),
    client: (id) => reading(async () => (await readClients(client, id))[0]),
    mentionsOf: (id) => reading(() => readMentions(client, id)),
    rowsOf: (id) => reading(() => readRows(client, id)),
    removeRows: (rows) => changing(() => deleteRows(client, rows)),
    restoreRows: (rows, instead) => changing(() => insertRows(client, rows, instead)),
    close: () => leavePostgres(client),
  }
}
