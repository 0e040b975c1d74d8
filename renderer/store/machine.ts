import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { HostView, MachineView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { latest } from '../latest.ts'

interface MachineState {
  readonly host: HostView
  readonly view: MachineView | undefined
  readonly looking: boolean
  readonly problem: Problem | undefined
  look(): Promise<void>
  lookAtHost(): Promise<void>
}

/** What a page may offer before the door has said what it can. */
const unknownHost: HostView = { host: 'browser', version: '', platform: '', dialogs: false, pdf: false }

const beginLook = latest()

/** This machine and the door the page came through. */
export const useMachine = create<MachineState>((set) => ({
  host: unknownHost,
  view: undefined,
  looking: false,
  problem: undefined,
  look: async () => {
    const isLatest = beginLook()
    set({ looking: true })
    const reply = await ask('machine.look', {})
    if (!isLatest()) return
    set(
      reply.ok
        ? { looking: false, view: reply.value, problem: undefined }
        : { looking: false, problem: reply.problem },
    )
  },
  lookAtHost: async () => {
    const reply = await ask('host.look', {})
    if (reply.ok) set({ host: reply.value })
  },
}))
