import type { CallName, Reply } from '../../contract/calls.ts'

/** How long a reply is kept for a page that missed it: longer than the page tries again for. */
const KEPT_MS = 10_000
/** What a page makes up for each call (`crypto.randomUUID`); anything else is answered without being kept. */
const ID = /^[\da-f-]{36}$/

/**
 * The replies of a moment ago. A browser gives up its requests when the network of the machine changes, as it does
 * when Docker starts the first container of a network; its page then asks once more for the same call, which may have
 * been carried out already and must not be carried out again.
 */
export interface Replies {
  /** Answers a call, or hands out the reply that the call with this ID has got, or is about to get. */
  to(id: string | undefined, answer: () => Promise<Reply<CallName>>): Promise<Reply<CallName>>
}

export function createReplies(): Replies {
  const kept = new Map<string, Promise<Reply<CallName>>>()
  return {
    to(id, answer) {
      if (id === undefined || !ID.test(id)) return answer()
      const known = kept.get(id)
      if (known !== undefined) return known
      const reply = answer()
      kept.set(id, reply)
      const forget = () => setTimeout(() => kept.delete(id), KEPT_MS).unref()
      void reply.then(forget, forget)
      return reply
    },
  }
}
