const pending = new Set<Promise<unknown>>()

/** Remembers work begun by leaving a field (a secret on its way, a look at a folder), so that Next can wait for it. */
export function track<T>(work: Promise<T>): Promise<T> {
  pending.add(work)
  void work.finally(() => pending.delete(work)).catch(() => undefined)
  return work
}

/** Ends when nothing tracked is under way any more. */
export const settled = (): Promise<void> => emptied(pending)

const typed = new Set<Promise<unknown>>()

/** The same for a value that was typed and is being put away or read: without it the page's values are older ones. */
export function trackTyped<T>(work: Promise<T>): Promise<T> {
  typed.add(work)
  void work.finally(() => typed.delete(work)).catch(() => undefined)
  return track(work)
}

/** Ends when all that was typed has arrived. What takes its time besides, such as a test, is not waited for. */
export const typedArrived = (): Promise<void> => emptied(typed)

async function emptied(works: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (works.size > 0) await Promise.allSettled(works)
}

const turns = new Map<string, Promise<unknown>>()

/**
 * Works on one held secret in the order in which that was asked for, each once the one before has ended: what was
 * typed or generated last is what is kept, however long each reply takes.
 *
 * @param name under which the back end keeps it
 */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  turns.set(name, mine)
  return mine
}

let count = 0

/** A name for one long call, so that its events can be told from others' and it can be cancelled. */
export function newOperation(kind: string): string {
  count += 1
  return `${kind}-${Date.now().toString(36)}-${count}`
}
