import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { CreatioView, ServiceView, TargetView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'
import { useDatabase } from './database.ts'

export interface FilesData {
  readonly source: string
  readonly target: string
  readonly creatioFolder: string
}

export const emptyFiles: FilesData = { source: '', target: '', creatioFolder: '' }

interface FilesState extends FilesData {
  /** Set once the installer typed the target; a suggestion never replaces it then. */
  readonly targetTyped: boolean
  readonly service: ServiceView | undefined
  readonly serviceProblem: Problem | undefined
  readonly targetView: TargetView | undefined
  readonly creatio: CreatioView | undefined
  readonly creatioProblem: Problem | undefined
  readonly looking: 'service' | 'creatio' | undefined
  setSource(source: string): void
  setTarget(target: string): void
  setCreatioFolder(folder: string): void
  lookAtSource(): Promise<void>
  lookAtTarget(): Promise<void>
  lookAtCreatio(): Promise<void>
}

/** Service files: what was typed, and what was found there. */
export const useFiles = create<FilesState>((set, get) => ({
  ...emptyFiles,
  targetTyped: false,
  service: undefined,
  serviceProblem: undefined,
  targetView: undefined,
  creatio: undefined,
  creatioProblem: undefined,
  looking: undefined,

  setSource: (source) =>
    set({ source, service: undefined, serviceProblem: undefined, targetView: undefined }),
  setTarget: (target) => set({ target, targetTyped: target !== '', targetView: undefined }),
  setCreatioFolder: (creatioFolder) => {
    set({ creatioFolder, creatio: undefined, creatioProblem: undefined })
    // Another Creatio, another database: what was tested is not that one.
    if (useDatabase.getState().way === 'creatio') useDatabase.getState().change({})
  },

  lookAtSource: () =>
    track(
      (async () => {
        const { source, service } = get()
        if (source === '' || service !== undefined) return
        set({ looking: 'service' })
        const reply = await ask('service.look', { source })
        if (get().source !== source) return
        if (!reply.ok) return set({ looking: undefined, serviceProblem: reply.problem })
        const { targetTyped, target } = get()
        set({
          looking: undefined,
          service: reply.value,
          serviceProblem: undefined,
          target: targetTyped || target !== '' ? target : reply.value.suggestedTarget,
        })
        await get().lookAtTarget()
      })(),
    ),

  lookAtTarget: () =>
    track(
      (async () => {
        const { source, target, targetView } = get()
        if (source === '' || target === '' || targetView !== undefined) return
        const reply = await ask('target.look', { source, target })
        if (get().target === target && reply.ok) set({ targetView: reply.value })
      })(),
    ),

  lookAtCreatio: () =>
    track(
      (async () => {
        const { creatioFolder: folder, creatio } = get()
        if (folder === '' || creatio !== undefined) return
        set({ looking: 'creatio' })
        const reply = await ask('creatio.look', { folder })
        if (get().creatioFolder !== folder) return
        set(
          reply.ok
            ? { looking: undefined, creatio: reply.value, creatioProblem: keptFrom(reply.value) }
            : { looking: undefined, creatioProblem: reply.problem },
        )
        const archive = reply.ok ? reply.value.archive : undefined
        if (archive !== undefined && get().source === '') {
          get().setSource(archive)
          await get().lookAtSource()
        }
      })(),
    ),
}))

/** Where entries were read, the page Database offers them, or another database: nothing to be put right before that. */
const keptFrom = ({ candidates, problem }: CreatioView): Problem | undefined =>
  candidates.length > 0 ? undefined : problem
