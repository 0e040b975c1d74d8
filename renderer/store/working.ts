import { create } from 'zustand'

interface WorkingState {
  /** The latest sentence of each long call, by operation. */
  readonly texts: Readonly<Record<string, string>>
  textCame(operation: string, text: string): void
}

/** What long calls say while they work. */
export const useWorking = create<WorkingState>((set) => ({
  texts: {},
  textCame: (operation, text) => set(({ texts }) => ({ texts: { ...texts, [operation]: text } })),
}))
