import { create } from 'zustand'
import type { PageId } from './steps.ts'

interface WizardState {
  readonly page: PageId
  /** The draft as it was when the setup was begun; Cancel asks only when it differs. */
  readonly begunWith: string
  readonly cancelOpen: boolean
  show(page: PageId): void
  begin(draft: string): void
  openCancel(open: boolean): void
}

/** Where the installer is. What was typed lives in one slice a page. */
export const useWizard = create<WizardState>((set) => ({
  page: 'start',
  begunWith: '',
  cancelOpen: false,
  show: (page) => set({ page, cancelOpen: false }),
  begin: (begunWith) => set({ begunWith }),
  openCancel: (cancelOpen) => set({ cancelOpen }),
}))
