import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { HandOverView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'

interface HandOverState {
  readonly view: HandOverView | undefined
  readonly problem: Problem | undefined
  look(): Promise<void>
}

/** What the installer takes along: settings for Creatio, facts for the change ticket. */
export const useHandOver = create<HandOverState>((set) => ({
  view: undefined,
  problem: undefined,
  look: async () => {
    const reply = await ask('handover.look', {})
    set(reply.ok ? { view: reply.value, problem: undefined } : { problem: reply.problem })
  },
}))
