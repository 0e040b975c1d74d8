import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Finding } from './connection-test/layers.ts'

export interface OpenOptions {
  readonly signal?: AbortSignal
  /** Default 15 000 ms, for logging in. */
  readonly timeoutMs?: number
  /** What a failure means, up to a colon. Default: the service's database cannot be read. */
  readonly what?: string
}

/**
 * Logs in by a driver, within a time, unless it is cancelled.
 * @throws SetupError `database.open`, with what `explain` makes of the driver's error
 */
export async function openWithin<T>(
  machine: Machine,
  open: (signal: AbortSignal) => Promise<T>,
  explain: (error: unknown) => Finding,
  options: OpenOptions = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 15_000
  const over = new AbortController()
  const stop = (): void => over.abort()
  options.signal?.addEventListener('abort', stop, { once: true })
  if (options.signal?.aborted) stop()
  const late = machine.clock.sleep(timeoutMs, over.signal).then(
    () => Promise.reject(new Error(`No answer within ${timeoutMs / 1000} seconds.`)),
    () => Promise.reject(new Error('The connection was given up.')),
  )
  try {
    return await Promise.race([open(over.signal), late])
  } catch (error) {
    stop()
    throw asSetupError(explain(error), options.what, error)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    // Ends the sleep; the connection itself no longer listens once it is open.
    late.catch(() => undefined)
    over.abort()
  }
}

function asSetupError(
  finding: Finding,
  what = 'The service’s database cannot be read',
  cause: unknown,
): SetupError {
  return new SetupError(
    {
      code: 'database.open',
      what: `${what}: ${finding.summary}.`,
      ...(finding.cause ? { cause: finding.cause } : {}),
      next: finding.remedy?.text ?? 'Test the database connection.',
      ...(finding.driverMessage ? { details: [finding.driverMessage] } : {}),
    },
    { cause },
  )
}
