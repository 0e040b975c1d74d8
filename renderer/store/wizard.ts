import { create } from 'zustand'
import type { PageId } from './steps.ts'

/** What a setup was begun from. */
export type Origin = 'new' | 'answers'

interface WizardState {
  readonly page: PageId
  /** The draft as it was when the setup was begun; Cancel asks only when it differs. */
  readonly begunWith: string
  /** Undefined while no setup is begun. */
  readonly origin: Origin | undefined
  readonly cancelOpen: boolean
  show(page: PageId): void
  begin(origin: Origin, draft: string): void
  end(): void
  openCancel(open: boolean): void
}

/** Where the installer is. What was typed lives in one slice a page. */
export const useWizard = create<WizardState>((set) => ({
  page: 'start',
  begunWith: '',
  origin: undefined,
  cancelOpen: false,
  show: (page) => set({ page, cancelOpen: false }),
  begin: (origin, begunWith) => set({ origin, begunWith }),
  end: () => set({ origin: undefined, begunWith: '' }),
  openCancel: (cancelOpen) => set({ cancelOpen }),
}))
