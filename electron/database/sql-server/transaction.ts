import type { ConnectionPool, Transaction } from 'mssql'
import { SetupError, type Problem } from '../../contract/problem.ts'
import { commitUnknown } from '../commit-unknown.ts'
import { numberOf, wordsOf } from './explain.ts'

/**
 * Does several statements or none. Any error of one ends the transaction, at the server too.
 * @throws SetupError as `work` throws it, otherwise with the code given; `database.commit-unknown` where the connection
 *   was lost while it was finished
 */
export async function inTransaction(
  pool: ConnectionPool,
  code: string,
  what: string,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const transaction = pool.transaction()
  let finishing = false
  try {
    await transaction.begin()
    // https://learn.microsoft.com/sql/t-sql/statements/set-xact-abort-transact-sql
    await transaction.request().batch('set xact_abort on')
    // Nobody waits for ever for rows that someone else holds.
    await transaction.request().batch('set lock_timeout 10000')
    await work(transaction)
    finishing = true
    await transaction.commit()
  } catch (error) {
    // An error of the server's own is a no; without one nobody knows.
    if (finishing && numberOf(error) === undefined)
      throw commitUnknown(what.replace(/\.$/, ''), [wordsOf(error)], error)
    // A connection that is gone has rolled back at the server.
    await transaction.rollback().catch(() => undefined)
    if (error instanceof SetupError) throw error
    const { cause, next } = REFUSALS.get(numberOf(error) ?? 0) ?? {
      next: 'Test the database connection, and try again.',
    }
    throw new SetupError(
      {
        code,
        what,
        ...(cause === undefined ? {} : { cause }),
        next,
        untouched: 'Nothing was changed in the database.',
        details: [wordsOf(error)],
      },
      { cause: error },
    )
  }
}

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const REFUSALS: ReadonlyMap<number, Pick<Problem, 'cause' | 'next'>> = new Map([
  [
    1222,
    {
      cause:
        'Someone else holds these rows: the service itself, or another program, is in the middle of a change.',
      next: 'Try again; where it stays so, stop the service, or let the people who look after the database end the session that holds them.',
    },
  ],
  [
    1205,
    {
      cause: 'Another session and this one waited for each other, and the server ended this one.',
      next: 'Try again.',
    },
  ],
  [
    547,
    {
      cause: 'A row of another table needs one that goes, or one that is gone.',
      next: 'Look at the rows of the table named below; then try again.',
    },
  ],
  ...[2601, 2627].map(
    (number) =>
      [
        number,
        {
          cause: 'Others stand there under the same key: they were made since.',
          next: 'Look at the rows of the key named below, and remove them if they are not needed; then try again.',
        },
      ] as const,
  ),
])
