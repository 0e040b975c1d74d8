import { SetupError } from '../../../contract/problem.ts'
import type { Output } from '../output.ts'

/** Shorter work is over before anybody wonders. */
const SHOWN_AFTER_MS = 300
const EVERY_MS = 100

/**
 * Does work that can take seconds. A terminal shows what is going on; Ctrl+C ends it.
 * @param work writes nothing once its signal is aborted
 * @throws SetupError `certificate.cancelled`
 */
export async function whileWorking<T>(
  { output }: { readonly output: Output },
  text: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController()
  const end = () => cancel.abort(cancelled())
  const started = performance.now()
  const timer = setInterval(() => {
    const ms = performance.now() - started
    if (ms >= SHOWN_AFTER_MS) output.working(`${text} (${Math.floor(ms / 1000)} s, Ctrl+C cancels)`)
  }, EVERY_MS)
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  try {
    return await work(cancel.signal)
  } finally {
    clearInterval(timer)
    output.working()
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
  }
}

function cancelled(): SetupError {
  return new SetupError({
    code: 'certificate.cancelled',
    what: 'Cancelled.',
    next: 'Start the same command again when it is wanted.',
    untouched: 'Nothing was written.',
  })
}
