import type { Answers } from '../../contract/answers.ts'
import type { ClientRowView, DatabaseContentsView } from '../../contract/database.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import { contentsOf } from '../../database/contents.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import type { Machine } from '../../machine/machine.ts'
import { refused } from '../refused.ts'
import type { SystemClient } from './client-facts.ts'

/** What the database holds of an Identity Service, or why it could not be read. */
export type ContentsFacts =
  | {
      readonly found: DatabaseContentsView
      /** Rows of the client, by table, where it has another secret. */
      readonly rows?: readonly { readonly table: string; readonly rows: number }[]
    }
  | { readonly unread: Problem }

/** A plan waits for it, so it is short: whether the database can be reached is tested by the prerequisites. */
const LOOK_MS = 8000
const MOST_NAMES = 5

/** Looks into the database that the service will use. A database that cannot be read is no failure here. */
export async function lookIntoDatabase(
  machine: Machine,
  target: DatabaseTarget,
  client: SystemClient,
): Promise<ContentsFacts> {
  const over = new AbortController()
  const late = machine.clock.sleep(LOOK_MS, over.signal).then(
    () => ({ unread: tooLate }),
    () => ({ unread: tooLate }),
  )
  const look = contentsIn(machine, target, client, over.signal).catch((error: unknown): ContentsFacts => {
    if (error instanceof SetupError) return { unread: problemOf(error) }
    throw error
  })
  try {
    return await Promise.race([look, late])
  } finally {
    over.abort()
    look.catch(() => undefined)
  }
}

async function contentsIn(
  machine: Machine,
  target: DatabaseTarget,
  { id, secret }: SystemClient,
  signal: AbortSignal,
): Promise<ContentsFacts> {
  const database = await openDatabase(machine, target, { signal })
  try {
    const found = await contentsOf(database, { id, secret })
    const differs = found.verdict === 'client-differs'
    const held = differs ? await database.rowsOf(id) : undefined
    return {
      found,
      ...(held ? { rows: held.tables.map(({ table, rows }) => ({ table, rows: rows.length })) } : {}),
    }
  } finally {
    await database.close()
  }
}

const tooLate: Problem = {
  code: 'database.open',
  what: `The database has not answered within ${LOOK_MS / 1000} seconds.`,
  next: 'Test the database connection.',
}

/** The client's row in the database, where its secret there is another one. */
export function differingClient(contents: ContentsFacts | undefined, id: string): ClientRowView | undefined {
  if (!contents || !('found' in contents) || contents.found.verdict !== 'client-differs') return undefined
  return contents.found.clients.find((client) => client.id === id)
}

/**
 * The service leaves a client that is there as it is: it would never know the secret that Creatio is told.
 * @throws SetupError `client.differs` unless the answers say that the client is to be replaced
 */
export function refuseContents(
  { client: wanted }: Answers,
  { id }: SystemClient,
  contents: ContentsFacts | undefined,
): void {
  const row = differingClient(contents, id)
  if (!row || wanted.replaceExisting === true) return
  const without = row.secret === 'none'
  throw new SetupError({
    ...refused(
      'client.secret',
      `The database has a client “${id}” already, ${without ? 'without a secret' : 'with another secret'}.`,
      'Give the secret that it has, or another client.id; or set client.replaceExisting to have its rows kept in a file, removed and made anew.',
    ),
    code: 'client.differs',
    cause:
      'The Identity Service takes clients from its settings only while the database does not have them, so this one would stay as it is.',
  })
}

/** What of the contents the installer should know before anything is changed. */
export function contentsWarnings(contents: ContentsFacts | undefined, id: string): Problem[] {
  if (!contents) return []
  if ('unread' in contents) {
    const { what, cause, next, details } = contents.unread
    return [
      {
        code: 'database.not-looked-at',
        what: 'What the database holds already could not be looked at.',
        cause: cause === undefined ? what : `${what} ${cause}`,
        next,
        ...(details ? { details } : {}),
      },
    ]
  }
  const { verdict, schema, meaning, missing, clients } = contents.found
  const where = { path: 'database' }
  const own = clients.find((client) => client.id === id)
  return [
    ...(verdict === 'other-service'
      ? [
          {
            code: 'database.other-service',
            what: `The database holds clients of another Identity Service: ${named(clients)}.`,
            cause: 'One that uses these tables would share them, and this client, with the new one.',
            next: 'Use a database of its own, unless that is wanted.',
            where,
          },
        ]
      : []),
    ...(verdict === 'incomplete'
      ? [
          {
            code: 'database.incomplete-tables',
            what: `The database holds tables of the Identity Service, but not all of them: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
            cause: meaning,
            next: 'Find out where these tables come from before the service is started on them.',
            where,
          },
        ]
      : []),
    ...(schema === 'v3'
      ? [
          {
            code: 'database.older-tables',
            what: 'The tables in the database are of an older version; the service changes them at its first start.',
            next: 'Back up the database before.',
            where,
          },
        ]
      : []),
    ...(own?.enabled === false
      ? [
          {
            code: 'client.disabled',
            what: `The client “${id}” is disabled in the database: no token is issued to it.`,
            next: 'Enable it in the table Clients, or use another client.',
            where: { path: 'client.id' },
          },
        ]
      : []),
  ]
}

/** Creatio makes a client for each OAuth application, so there may be many. */
function named(clients: readonly ClientRowView[]): string {
  const shown = clients.slice(0, MOST_NAMES).map(({ id }) => id)
  const more = clients.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** The line about the database among what stays as it is. */
export function databaseUntouched(contents: ContentsFacts | undefined, id: string): string {
  const found = contents && 'found' in contents ? contents.found : undefined
  if (found?.verdict === 'reuse')
    return found.clients.some((client) => client.id === id)
      ? `The database: the tables and the client ${id} of an earlier installation are used as they are.`
      : 'The database: the tables of an earlier installation are used as they are.'
  return 'The database: the service makes its tables itself, at its first start.'
}
