import { create } from 'zustand'

interface ConnectionState {
  /** The browser host does not answer. */
  readonly gone: boolean
  lost(): void
  found(): void
}

/** Whether the browser host is there; the desktop's back end lives and ends with its window. */
export const useConnection = create<ConnectionState>((set) => ({
  gone: false,
  lost: () => set({ gone: true }),
  found: () => set({ gone: false }),
}))
