import { create } from 'zustand'
import type { CheckReport } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'
import type { Draft } from './given.ts'

interface PrerequisitesState {
  readonly operation: string
  readonly running: boolean
  readonly checks: readonly CheckReport[]
  readonly problem: Problem | undefined
  /** When the last round ended, milliseconds since 1970. */
  readonly doneAt: number | undefined
  readonly tookMs: number
  run(draft: Draft): Promise<void>
  checkCame(operation: string, check: CheckReport): void
}

/** What has to be there before the setup; read only. */
export const usePrerequisites = create<PrerequisitesState>((set, get) => ({
  operation: '',
  running: false,
  checks: [],
  problem: undefined,
  doneAt: undefined,
  tookMs: 0,

  run: async (draft) => {
    const operation = newOperation('prerequisites')
    const began = Date.now()
    set({ operation, running: true, checks: [], problem: undefined })
    const reply = await ask('prerequisites.check', { operation, draft })
    if (get().operation !== operation) return
    const doneAt = Date.now()
    set({
      running: false,
      doneAt,
      tookMs: doneAt - began,
      ...(reply.ok ? { checks: reply.value } : { problem: reply.problem }),
    })
  },

  checkCame: (operation, check) => {
    if (get().operation !== operation || !get().running) return
    set(({ checks }) => ({ checks: [...checks.filter((known) => known.id !== check.id), check] }))
  },
}))

/** Failures that would stop Install. */
export const failuresOf = (checks: readonly CheckReport[]): number =>
  checks.filter((check) => check.status === 'failed').length
