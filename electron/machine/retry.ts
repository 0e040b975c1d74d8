import { setTimeout as sleep } from 'node:timers/promises'
import { errnoOf } from './file-problem.ts'

/** What Windows answers while a virus scanner or an indexer holds a file for a moment. */
const PASSING = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Milliseconds before each further try: about two seconds in all. */
const PAUSES = [20, 50, 100, 200, 400, 600, 800]

/** Runs a file operation again while its error is one that may pass by itself; then throws the last error. */
export async function whileHeld<T>(operation: () => Promise<T>, pauses = PAUSES): Promise<T> {
  for (const pause of pauses) {
    try {
      return await operation()
    } catch (error) {
      if (!PASSING.has(errnoOf(error) ?? '')) throw error
      await sleep(pause)
    }
  }
  return operation()
}
