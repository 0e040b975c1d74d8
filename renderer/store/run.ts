import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { RunEvent, RunView } from '../../electron/contract/run.ts'
import type { Input, Reply } from '../../electron/contract/calls.ts'
import { ask } from '../bridge.ts'
import { applyRunEvent } from './run-events.ts'

type RunCall = 'run.start' | 'run.stop' | 'run.retry' | 'run.rollback' | 'interrupted.rollback'

interface RunState {
  readonly view: RunView | undefined
  /** When the first view of this run came, milliseconds since 1970 by this page's clock. */
  readonly since: number
  /** Install was chosen, and the back end has not answered yet: Windows may be asking for rights. */
  readonly starting: boolean
  /** A call was refused, beside the run itself. */
  readonly problem: Problem | undefined
  start(plan: string): Promise<boolean>
  stop(): Promise<void>
  retry(): Promise<void>
  rollback(): Promise<void>
  rollbackInterrupted(id: string): Promise<boolean>
  /** Takes what the back end knows: after a reload or a lost connection. */
  look(): Promise<void>
  eventCame(event: RunEvent): void
}

/** The run: what the back end reports of it. */
export const useRun = create<RunState>((set, get) => {
  /** How many events have come. A view that was on its way when one came is older than what the event said. */
  let events = 0
  const show = (view: RunView) => set({ view, since: Date.now() - view.elapsedMs, problem: undefined })
  const act = async <K extends RunCall>(call: K, input: Input<K>): Promise<boolean> => {
    const known = events
    const reply: Reply<RunCall> = await ask(call, input)
    if (!reply.ok) {
      set({ problem: reply.problem })
      return false
    }
    if (events === known || get().view?.id !== reply.value.id) show(reply.value)
    if (events !== known) await get().look()
    return true
  }
  return {
    view: undefined,
    since: 0,
    starting: false,
    problem: undefined,
    start: async (plan) => {
      set({ view: undefined, problem: undefined, starting: true })
      const started = await act('run.start', { plan })
      set({ starting: false })
      return started
    },
    stop: async () => void (await act('run.stop', {})),
    retry: async () => void (await act('run.retry', {})),
    rollback: async () => void (await act('run.rollback', {})),
    rollbackInterrupted: (id) => act('interrupted.rollback', { id }),
    look: async () => {
      let known: number
      do {
        known = events
        const reply = await ask('run.look', {})
        if (!reply.ok || reply.value === null) return
        if (events === known) show(reply.value)
      } while (events !== known)
    },
    eventCame: (event) => {
      events += 1
      set({
        view: applyRunEvent(get().view, event),
        ...(event.type === 'run-started' ? { since: Date.now(), problem: undefined } : {}),
      })
    },
  }
})
