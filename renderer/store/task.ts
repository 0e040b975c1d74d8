import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { RunView } from '../../electron/contract/run.ts'
import type { Task } from '../../electron/contract/tasks.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'

/** A small setup begun by a button. There is at most one, as the back end runs one at a time. */
export interface TaskRun {
  /** Where its button stands: the id of a check, or of an installation. */
  readonly place: string
  /** What the button says. */
  readonly label: string
  readonly operation: string
  readonly state: 'running' | 'stopping' | 'ended'
  /** Milliseconds since 1970, by this page's clock. */
  readonly since: number
  /** Windows asks for administrator rights before its first step. */
  readonly asks: boolean
  /** Once it has ended: what the back end says of the run, or why there was none. */
  readonly outcome?: { readonly view: RunView } | { readonly problem: Problem }
}

interface TaskBegin {
  readonly place: string
  readonly label: string
  readonly task: Task
  readonly practice: boolean
  readonly asks: boolean
}

interface TaskState {
  readonly current: TaskRun | undefined
  /** Windows has given the rights once since the program was started; it does not ask again. */
  readonly rightsGiven: boolean
  /** Ends with the task. Does nothing while another one runs. */
  run(begin: TaskBegin): Promise<void>
  /** After its current step. */
  stop(): Promise<void>
  /** Takes what an ended task has said off its page. */
  dismiss(): void
}

export const useTask = create<TaskState>((set, get) => ({
  current: undefined,
  rightsGiven: false,

  run: async ({ place, label, task, practice, asks }) => {
    if (taskMoves(get().current)) return
    const operation = newOperation('task')
    const begun = { place, label, operation, state: 'running', since: Date.now(), asks } as const
    set({ current: begun })
    const reply = await ask('task.run', { operation, task, practice })
    set(({ rightsGiven }) => ({
      current: {
        ...begun,
        state: 'ended',
        outcome: reply.ok ? { view: reply.value } : { problem: reply.problem },
      },
      rightsGiven: rightsGiven || (asks && reply.ok),
    }))
  },

  stop: async () => {
    const { current } = get()
    if (current?.state !== 'running') return
    set({ current: { ...current, state: 'stopping' } })
    await ask('operation.cancel', { operation: current.operation })
  },

  dismiss: () => {
    if (!taskMoves(get().current)) set({ current: undefined })
  },
}))

export const taskMoves = (run: TaskRun | undefined): boolean => run !== undefined && run.state !== 'ended'

/** Whether a task has done what it was for. */
export const taskDone = ({ outcome }: TaskRun): boolean =>
  outcome !== undefined &&
  'view' in outcome &&
  (outcome.view.status === 'done' || outcome.view.status === 'as-wanted')
