import type { Outcome, Watched } from '../oidc/token-watch.ts'

/** A wait that users of a token notice. */
const SLOW_MS = 1000

/**
 * How it went with tokens during a restart, as the end of a sentence.
 * @param first what became of the token that was asked for before the restart
 * @param withoutToken why there is none after it
 */
export function tokensMeanwhile(
  first: Outcome | undefined,
  watched: Watched | undefined,
  withoutToken: string | undefined,
): string {
  if (withoutToken !== undefined) return `the published key is the proof, because ${withoutToken}`
  if (!watched || first !== 'token') return 'before the restart no token could be fetched'
  const { failures, longestMs, totalMs, slowestMs } = watched
  if (failures === 0)
    return `tokens could be fetched throughout${slowestMs > SLOW_MS ? `, the slowest in ${inSeconds(slowestMs)}` : ''}`
  const spans = longestMs < totalMs ? ` at a time, ${inSeconds(totalMs)} in all` : ''
  return `for ${inSeconds(longestMs)} no token could be fetched${spans}`
}

/** Milliseconds as `1.4 s`. */
export function inSeconds(ms: number): string {
  return `${(Math.max(ms, 100) / 1000).toFixed(1)} s`
}
