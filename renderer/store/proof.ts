import { create } from 'zustand'
import type { CheckReport } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'

interface ProofState {
  readonly operation: string
  readonly running: boolean
  readonly checks: readonly CheckReport[]
  readonly problem: Problem | undefined
  readonly selected: string | undefined
  /** When the last round ended, milliseconds since 1970. */
  readonly doneAt: number | undefined
  run(): Promise<void>
  select(id: string): void
  checkCame(operation: string, check: CheckReport): void
}

/** What the running service says about itself. */
export const useProof = create<ProofState>((set, get) => ({
  operation: '',
  running: false,
  checks: [],
  problem: undefined,
  selected: undefined,
  doneAt: undefined,

  run: async () => {
    const operation = newOperation('proof')
    set({ operation, running: true, checks: [], problem: undefined, selected: undefined })
    const reply = await ask('proof.start', { operation })
    if (get().operation !== operation) return
    set({
      running: false,
      doneAt: Date.now(),
      ...(reply.ok ? { checks: reply.value } : { problem: reply.problem }),
    })
  },
  select: (selected) => set({ selected }),
  checkCame: (operation, check) => {
    if (get().operation !== operation || !get().running) return
    set(({ checks }) => ({ checks: [...checks.filter((known) => known.id !== check.id), check] }))
  },
}))

/** The check whose evidence is shown: the chosen one, else the first that failed, else the first. */
export function shownCheck(
  checks: readonly CheckReport[],
  selected: string | undefined,
): CheckReport | undefined {
  return (
    checks.find((check) => check.id === selected) ??
    checks.find((check) => check.status === 'failed') ??
    checks[0]
  )
}
