const pending = new Set<Promise<unknown>>()

/** Remembers work begun by leaving a field (a secret on its way, a look at a folder), so that Next can wait for it. */
export function track<T>(work: Promise<T>): Promise<T> {
  pending.add(work)
  void work.finally(() => pending.delete(work)).catch(() => undefined)
  return work
}

/** Ends when nothing tracked is under way any more. */
export async function settled(): Promise<void> {
  while (pending.size > 0) await Promise.allSettled(pending)
}

let count = 0

/** A name for one long call, so that its events can be told from others' and it can be cancelled. */
export function newOperation(kind: string): string {
  count += 1
  return `${kind}-${Date.now().toString(36)}-${count}`
}
