import { create } from 'zustand'

interface AnnouncerState {
  readonly text: string
  /** How often something was said so far. */
  readonly turn: number
  say(text: string): void
}

/** The sentence that screen readers speak when they are done with what they say now. */
export const useAnnouncer = create<AnnouncerState>((set) => ({
  text: '',
  turn: 0,
  say: (text) => set(({ turn }) => ({ text, turn: turn + 1 })),
}))

export const announce = (text: string): void => useAnnouncer.getState().say(text)
