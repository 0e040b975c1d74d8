/** Counts setups that were given up or begun anew. */
let setups = 0

/** What is still under way for the setup so far is of no interest any more: another one begins with empty pages. */
export function forgetReplies(): void {
  setups += 1
}

/**
 * Tells late replies from those that count: what the returned function gives at a call says, once its reply is there,
 * whether it was the latest of its kind. Replies may come in another order than their calls went.
 */
export function latest(): () => () => boolean {
  let calls = 0
  return () => {
    calls += 1
    const mine = calls
    return () => mine === calls
  }
}

/** The same for what belongs to a setup: a reply to one that was given up in the meantime does not count either. */
export function latestOfSetup(): () => () => boolean {
  const begin = latest()
  return () => {
    const setup = setups
    const isLatest = begin()
    return () => setup === setups && isLatest()
  }
}
