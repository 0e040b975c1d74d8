import { create } from 'zustand'
import type { CheckReport } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'

interface InstallationCheckState {
  /** Id of the installation that was looked at last. */
  readonly installation: string | undefined
  readonly operation: string
  readonly running: boolean
  readonly checks: readonly CheckReport[]
  readonly problem: Problem | undefined
  run(installation: string): Promise<void>
  checkCame(operation: string, check: CheckReport): void
}

/** "Check" of an installation on the first page: reads only. */
export const useInstallationCheck = create<InstallationCheckState>((set, get) => ({
  installation: undefined,
  operation: '',
  running: false,
  checks: [],
  problem: undefined,
  run: async (installation) => {
    const operation = newOperation('installation')
    set({ installation, operation, running: true, checks: [], problem: undefined })
    const reply = await ask('installation.check', { operation, installation })
    if (get().operation !== operation) return
    set({ running: false, ...(reply.ok ? { checks: reply.value } : { problem: reply.problem }) })
  },
  checkCame: (operation, check) => {
    if (get().operation !== operation || !get().running) return
    set(({ checks }) => ({ checks: [...checks.filter((known) => known.id !== check.id), check] }))
  },
}))
