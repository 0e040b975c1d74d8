import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { InstallationView, ReplacementView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'
import type { Draft } from './given.ts'
import { useHosting } from './hosting.ts'
import { useMachine } from './machine.ts'

export interface ReplacementData {
  readonly target: string
  /** Name of the service's container; empty where this program started it. */
  readonly container: string
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
  target: '',
  container: '',
  elsewhere: false,
  path: '',
  creatio: 'unsaid',
  creatioPool: '',
  creatioContainer: '',
  replaces: '',
  found: '',
}

interface ReplacementState extends ReplacementData {
  /** The folder is typed, although it may be one of a known installation. */
  readonly typing: boolean
  readonly view: ReplacementView | undefined
  readonly problem: Problem | undefined
  readonly looking: boolean
  /** One of the installations that are known here. */
  choose(installation: InstallationView): void
  /** One that was set up by hand, or that this program has not found. */
  chooseOther(): void
  changePlace(place: Partial<Pick<ReplacementData, 'target' | 'container'>>): void
  change(data: Partial<Omit<ReplacementData, 'target' | 'container' | 'replaces' | 'found'>>): void
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

  choose: ({ target, hosting, practice }) => {
    useHosting.setState({ hosting, practice })
    set({ typing: false, ...(get().target === target ? {} : { ...elsewhere, target }) })
  },

  chooseOther: () => {
    if (get().typing) return
    useHosting.setState({ practice: false })
    set({ ...elsewhere, typing: true })
  },

  changePlace: (place) => {
    const { target, container } = { ...get(), ...place }
    const known = useMachine.getState().view?.installations.find((one) => one.target === target)
    useHosting.setState({ practice: known?.practice ?? false })
    set({ ...elsewhere, target, container })
  },

  change: (data) => set(data),

  look: (draft) =>
    track(
      (async () => {
        const { target, container } = get()
        if (target.trim() === '') return
        set({ looking: true })
        const reply = await ask('replacement.look', { draft })
        if (get().target !== target || get().container !== container) return
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

/** What the list of installations marks: the id of one, `other`, or nothing yet. */
export function chosenInstallation(
  { typing, target }: Pick<ReplacementState, 'typing' | 'target'>,
  installations: readonly InstallationView[],
): string {
  if (typing) return 'other'
  if (target === '') return ''
  return installations.find((one) => one.target === target)?.id ?? 'other'
}
