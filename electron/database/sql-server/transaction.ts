import type { ConnectionPool, Transaction } from 'mssql'
import { SetupError } from '../../contract/problem.ts'
import { wordsOf } from './explain.ts'

/**
 * Does several statements or none. Any error of one ends the transaction, at the server too.
 * @throws SetupError as `work` throws it, otherwise with the code given
 */
export async function inTransaction(
  pool: ConnectionPool,
  code: string,
  what: string,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const transaction = pool.transaction()
  let committing = false
  try {
    await transaction.begin()
    // https://learn.microsoft.com/sql/t-sql/statements/set-xact-abort-transact-sql
    await transaction.request().batch('set xact_abort on')
    await work(transaction)
    committing = true
    await transaction.commit()
  } catch (error) {
    // A connection that is gone has rolled back at the server.
    if (!committing) await transaction.rollback().catch(() => undefined)
    if (error instanceof SetupError) throw error
    throw new SetupError(
      {
        code,
        what,
        ...(committing
          ? { cause: 'The connection was lost while the server finished; it may have done it or not.' }
          : {}),
        next: committing
          ? 'Test the database connection, and look at what the database holds.'
          : 'Test the database connection, and try again.',
        ...(committing ? {} : { untouched: 'Nothing was changed in the database.' }),
        details: [wordsOf(error)],
      },
      { cause: error },
    )
  }
}
