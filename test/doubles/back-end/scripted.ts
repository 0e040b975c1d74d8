import type { Bridge, CallName, Input, Outputs, PageEvent } from '../../../electron/contract/calls.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { sampleReplies } from './samples.ts'

export { never, refuse } from './refuse.ts'

/**
 * Imitates the back end behind the contract (electron/contract/calls.ts): each call answers what a script says. It
 * answers asynchronously, as every door does, records what it was asked, and fails with a Problem, never by throwing.
 */
export type Script = {
  readonly [K in CallName]: (
    input: Input<K>,
    emit: (event: PageEvent) => void,
  ) => Outputs[K] | Promise<Outputs[K]>
}

export interface ScriptedBackEnd extends Bridge {
  /** What was asked so far, in order. */
  readonly asked: readonly { readonly name: CallName; readonly input: unknown }[]
  emit(event: PageEvent): void
}

/** A back end that answers with samples, except where the script says otherwise. */
export function scriptedBackEnd(script: Partial<Script> = {}): ScriptedBackEnd {
  const replies: Script = { ...sampleReplies, ...script }
  const asked: { name: CallName; input: unknown }[] = []
  const listeners = new Set<(event: PageEvent) => void>()
  const emit = (event: PageEvent) => {
    for (const listener of listeners) listener(event)
  }
  return {
    asked,
    emit,
    async call(name, input) {
      asked.push({ name, input })
      await Promise.resolve()
      try {
        return { ok: true, value: await replies[name](input, emit) }
      } catch (thrown) {
        return { ok: false, problem: problemOf(thrown) }
      }
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
