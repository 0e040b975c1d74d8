import type { Client } from 'pg'
import { SetupError } from '../../contract/problem.ts'
import { commitUnknown } from '../commit-unknown.ts'
import type { Finding } from '../connection-test/layers.ts'
import { STATEMENT_REFUSALS } from './statement-refusals.ts'

type Explain = (error: unknown) => Finding

/** Nobody waits for ever for what someone else holds. */
const PATIENCE = `set local lock_timeout = '10s'`

/**
 * Reads everything as it is at one moment, and tells failures in words.
 * @throws SetupError `database.read`
 */
export async function readingAtOnce<T>(client: Client, explain: Explain, read: () => Promise<T>): Promise<T> {
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(PATIENCE)
    return await read()
  } catch (error) {
    throw asSetupError(error, explain, {
      code: 'database.read',
      what: 'The service’s tables cannot be read',
    })
  } finally {
    // Nothing was changed; of a lost connection there is nothing to end.
    await client.query('rollback').catch(() => undefined)
  }
}

/**
 * Does work in one transaction: all of it, or nothing. A transaction whose connection is lost is taken back by the server.
 * @throws SetupError what the work throws, or `database.write`; `database.commit-unknown` where the connection was lost
 *   while it was finished
 */
export async function inTransaction<T>(client: Client, explain: Explain, work: () => Promise<T>): Promise<T> {
  const what = 'The service’s tables cannot be changed'
  let finishing = false
  try {
    await client.query('begin isolation level read committed')
    await client.query(PATIENCE)
    const result = await work()
    finishing = true
    await client.query('commit')
    return result
  } catch (error) {
    if (finishing && !isRefusal(error))
      throw commitUnknown(what, [error instanceof Error ? error.message : String(error)], error)
    await client.query('rollback').catch(() => undefined)
    throw asSetupError(error, explain, {
      code: 'database.write',
      what,
      untouched: 'Nothing was changed: the server takes back what is not complete.',
    })
  }
}

/** Whether the server itself has said no; what it says as it ends the session says nothing of what was done. */
function isRefusal(error: unknown): boolean {
  return (error as { severity?: string }).severity === 'ERROR'
}

function asSetupError(
  error: unknown,
  explain: Explain,
  { code, what, untouched }: { code: string; what: string; untouched?: string },
): SetupError {
  if (error instanceof SetupError) return error
  const { summary, cause, remedy, driverMessage } = explain(error)
  const { code: state = '', detail } = error as { readonly code?: string; readonly detail?: string }
  const refusal = STATEMENT_REFUSALS.get(state) ?? {
    summary: firstLower(summary),
    ...(cause ? { cause } : {}),
    next: remedy?.text ?? 'Test the database connection.',
  }
  const key = refusal.namesKey && detail !== undefined ? [detail] : []
  return new SetupError(
    {
      code,
      what: `${what}: ${refusal.summary}.`,
      ...(refusal.cause === undefined ? {} : { cause: refusal.cause }),
      next: refusal.next,
      ...(untouched ? { untouched } : {}),
      ...(driverMessage ? { details: [driverMessage, ...key] } : {}),
    },
    { cause: error },
  )
}

/** A summary in the middle of a sentence. */
function firstLower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
