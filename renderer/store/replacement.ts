import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { ReplacementView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'
import type { Draft } from './given.ts'
import { useHosting } from './hosting.ts'
import { choosing, noPlace, type InstallationChoice, type Place } from './installation-choice.ts'

export interface ReplacementData extends Place {
  /** The new file does not take the place of the current one. */
  readonly elsewhere: boolean
  readonly path: string
  /** Who restarts Creatio: nobody has said yet, the installer, or this program what is suggested or typed. */
  readonly creatio: 'unsaid' | 'myself' | 'suggested' | 'typed'
  readonly creatioPool: string
  readonly creatioContainer: string
  /** Thumbprint of the certificate to be replaced, as opened answers give it. */
  readonly replaces: string
  /** Thumbprint of the one that was found. */
  readonly found: string
}

export const emptyReplacement: ReplacementData = {
  ...noPlace,
  elsewhere: false,
  path: '',
  creatio: 'unsaid',
  creatioPool: '',
  creatioContainer: '',
  replaces: '',
  found: '',
}

interface ReplacementState extends ReplacementData, InstallationChoice {
  readonly view: ReplacementView | undefined
  readonly problem: Problem | undefined
  readonly looking: boolean
  change(data: Partial<Omit<ReplacementData, keyof Place | 'replaces' | 'found'>>): void
  /** What is there now. An answer about another folder than the one that is typed is dropped. */
  look(draft: Draft): Promise<void>
}

/** Nothing that was found or chosen for one installation holds for another. */
const elsewhere = { ...emptyReplacement, view: undefined, problem: undefined, looking: false }

/** The service whose certificate is replaced, and what is restarted with it. */
export const useReplacement = create<ReplacementState>((set, get) => ({
  ...emptyReplacement,
  typing: false,
  view: undefined,
  problem: undefined,
  looking: false,

  ...choosing(
    get,
    (place) => set({ ...elsewhere, ...place }),
    (typing) => set({ typing }),
  ),

  change: (data) => set(data),

  look: (draft) =>
    track(
      (async () => {
        const { target, container, site } = get()
        if (target.trim() === '') return
        set({ looking: true })
        const reply = await ask('replacement.look', { draft })
        const now = get()
        if (now.target !== target || now.container !== container || now.site !== site) return
        if (!reply.ok) return set({ looking: false, view: undefined, problem: reply.problem })
        useHosting.setState({ hosting: reply.value.hosting })
        set({
          looking: false,
          view: reply.value,
          problem: undefined,
          found: reply.value.current?.certificate?.thumbprint ?? '',
        })
      })(),
    ),
}))
