import { create } from 'zustand'
import type { RunView } from '../../electron/contract/run.ts'
import type { HostView, MachineView } from '../../electron/contract/views.ts'
import type { Hosting } from './scenarios.ts'

export interface HostingData {
  readonly hosting: Hosting
  /** Under IIS on a simulated Windows; only the first page begins one. */
  readonly practice: boolean
}

export const emptyHosting: HostingData = { hosting: 'docker', practice: false }

interface HostingState extends HostingData {
  choose(hosting: Hosting): void
}

/** Where the service will run; with one that is there, where it runs. */
export const useHosting = create<HostingState>((set) => ({
  ...emptyHosting,
  choose: (hosting) => set({ hosting }),
}))

/** Whether this machine has Windows, and so may have IIS; the door's word until the machine was looked at. */
export const hasWindows = (machine: MachineView | undefined, host: HostView): boolean =>
  machine === undefined ? host.platform === 'win32' : machine.windows !== undefined

/** What a run that this page did not start goes by: the step list has to fit it. */
export const hostingOfRun = ({ steps, practice }: RunView): HostingData => ({
  hosting: steps.some(({ group }) => group === 'container') ? 'docker' : 'iis',
  practice,
})
