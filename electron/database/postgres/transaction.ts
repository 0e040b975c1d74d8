import type { Client } from 'pg'
import { SetupError } from '../../contract/problem.ts'
import type { Finding } from '../test/layers.ts'

type Explain = (error: unknown) => Finding

/** The server's word for a right that is missing. */
const NO_RIGHT = '42501'

/**
 * Reads, and tells failures in words.
 * @throws SetupError `database.read`
 */
export async function reading<T>(explain: Explain, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw asSetupError(error, explain, {
      code: 'database.read',
      what: 'The service’s tables cannot be read',
    })
  }
}

/**
 * Reads everything as it is at one moment.
 * @throws SetupError `database.read`
 */
export function readingAtOnce<T>(client: Client, explain: Explain, read: () => Promise<T>): Promise<T> {
  return reading(explain, async () => {
    await client.query('begin isolation level repeatable read read only')
    try {
      return await read()
    } finally {
      // Nothing was changed; of a lost connection there is nothing to end.
      await client.query('rollback').catch(() => undefined)
    }
  })
}

/**
 * Does work in one transaction: all of it, or nothing. A transaction whose connection is lost is taken back by the server.
 * @throws SetupError what the work throws, or `database.write`
 */
export async function inTransaction<T>(client: Client, explain: Explain, work: () => Promise<T>): Promise<T> {
  let done = false
  try {
    await client.query('begin isolation level read committed')
    // Nobody waits for ever for a row that someone else holds.
    await client.query(`set local lock_timeout = '10s'`)
    const result = await work()
    done = true
    await client.query('commit')
    return result
  } catch (error) {
    if (!done) await client.query('rollback').catch(() => undefined)
    throw asSetupError(error, explain, {
      code: 'database.write',
      what: 'The service’s tables cannot be changed',
      // Whether a commit whose answer is lost has happened, only the tables tell.
      untouched: done
        ? 'Either all of the change was made or nothing of it.'
        : 'Nothing was changed: the server takes back what is not complete.',
    })
  }
}

function asSetupError(
  error: unknown,
  explain: Explain,
  { code, what, untouched }: { code: string; what: string; untouched?: string },
): SetupError {
  if (error instanceof SetupError) return error
  const noRight = (error as { code?: string }).code === NO_RIGHT
  const { summary, cause, remedy, driverMessage } = explain(error)
  return new SetupError(
    {
      code,
      what: `${what}: ${noRight ? 'the user has not the right to' : firstLower(summary)}.`,
      ...(cause && !noRight ? { cause } : {}),
      next: noRight
        ? 'Let the owner of the tables run the grant script, and try again.'
        : (remedy?.text ?? 'Test the database connection.'),
      ...(untouched ? { untouched } : {}),
      ...(driverMessage ? { details: [driverMessage] } : {}),
    },
    { cause: error },
  )
}

/** A summary in the middle of a sentence. */
function firstLower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
