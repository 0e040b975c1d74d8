import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { RunEvent, RunView } from '../../electron/contract/run.ts'
import type { Reply } from '../../electron/contract/calls.ts'
import { ask } from '../bridge.ts'
import { applyRunEvent } from './run-events.ts'

type RunCall = 'run.start' | 'run.stop' | 'run.retry' | 'run.rollback' | 'interrupted.rollback'

interface RunState {
  readonly view: RunView | undefined
  /** When the first view of this run came, milliseconds since 1970 by this page's clock. */
  readonly since: number
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
  const take = (reply: Reply<RunCall>): boolean => {
    if (!reply.ok) set({ problem: reply.problem })
    else set({ view: reply.value, since: Date.now() - reply.value.elapsedMs, problem: undefined })
    return reply.ok
  }
  return {
    view: undefined,
    since: 0,
    problem: undefined,
    start: async (plan) => {
      set({ view: undefined, problem: undefined })
      return take(await ask('run.start', { plan }))
    },
    stop: async () => void take(await ask('run.stop', {})),
    retry: async () => void take(await ask('run.retry', {})),
    rollback: async () => void take(await ask('run.rollback', {})),
    rollbackInterrupted: async (id) => take(await ask('interrupted.rollback', { id })),
    look: async () => {
      const reply = await ask('run.look', {})
      if (reply.ok && reply.value !== null)
        set({ view: reply.value, since: Date.now() - reply.value.elapsedMs, problem: undefined })
    },
    eventCame: (event) =>
      set({
        view: applyRunEvent(get().view, event),
        ...(event.type === 'run-started' ? { since: Date.now(), problem: undefined } : {}),
      }),
  }
})
