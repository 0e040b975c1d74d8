import { create } from 'zustand'

interface AnnouncerState {
  readonly text: string
  say(text: string): void
}

/** The sentence that screen readers speak when they are done with what they say now. */
export const useAnnouncer = create<AnnouncerState>((set) => ({ text: '', say: (text) => set({ text }) }))

export const announce = (text: string): void => useAnnouncer.getState().say(text)
