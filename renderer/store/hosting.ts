import { create } from 'zustand'
import type { Answers } from '../../electron/contract/answers.ts'

export interface HostingData {
  readonly hosting: Answers['hosting']
  /** Practice only: a fixed port as typed; empty: a free one. */
  readonly practicePort: string
}

const emptyHosting: HostingData = { hosting: 'docker', practicePort: '' }

interface HostingState extends HostingData {
  choose(hosting: Answers['hosting']): void
  setPracticePort(port: string): void
}

/** Where the service will run. */
export const useHosting = create<HostingState>((set) => ({
  ...emptyHosting,
  choose: (hosting) => set({ hosting }),
  setPracticePort: (practicePort) => set({ practicePort }),
}))
