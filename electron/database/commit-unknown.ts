import { SetupError } from '../contract/problem.ts'

const CODE = 'database.commit-unknown'

/**
 * The connection was lost while the server was told to finish: it may have done so or not, and only the tables tell.
 * @param what what was to be changed
 * @param details the driver's own words
 */
export function commitUnknown(what: string, details: readonly string[], cause: unknown): SetupError {
  return new SetupError(
    {
      code: CODE,
      what: `${what}: the connection was lost while the server finished.`,
      cause: 'It may have done it or not; never half of it.',
      next: 'Go on, or take back: both look at what the database holds before they do anything.',
      details,
    },
    { cause },
  )
}

/**
 * Does work on rows, and once more where nobody knows whether it was done. The work has to find for itself what is
 * done already, and to wait for rows that the former transaction still holds.
 */
export async function untilKnown<T>(work: () => Promise<T>, log: (text: string) => void): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SetupError) || error.problem.code !== CODE) throw error
    log('The connection was lost while the server finished; the database is looked at again.')
    return work()
  }
}
