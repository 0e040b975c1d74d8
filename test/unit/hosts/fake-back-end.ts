import type { PageEvent } from '../../../electron/contract/calls.ts'
import type { BackEnd, Handlers } from '../../../electron/hosts/back-end/types.ts'

export interface FakeBackEnd extends BackEnd {
  emit(event: PageEvent): void
  readonly listeners: Set<(event: PageEvent) => void>
}

/** A back end of which only the given handlers answer; `redact` hides the word "hunter2". */
export function fakeBackEnd(handlers: Partial<Handlers>): FakeBackEnd {
  const listeners = new Set<(event: PageEvent) => void>()
  return {
    handlers: handlers as Handlers,
    listeners,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (event) => listeners.forEach((listener) => listener(event)),
    redact: (problem) => JSON.parse(JSON.stringify(problem).replaceAll('hunter2', '[hidden]')),
    close: () => Promise.resolve(),
  }
}
