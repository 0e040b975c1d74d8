import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { CreatioView, ServiceView, TargetView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
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
  readonly lookingAtSource: boolean
  readonly lookingAtCreatio: boolean
  setSource(source: string): void
  setTarget(target: string): void
  setCreatioFolder(folder: string): void
  lookAtSource(): Promise<void>
  lookAtTarget(): Promise<void>
  lookAtCreatio(): Promise<void>
}

const beginSource = latestOfSetup()
const beginTarget = latestOfSetup()
const beginCreatio = latestOfSetup()

/** Service files: what was typed, and what was found there. */
export const useFiles = create<FilesState>((set, get) => ({
  ...emptyFiles,
  targetTyped: false,
  service: undefined,
  serviceProblem: undefined,
  targetView: undefined,
  creatio: undefined,
  creatioProblem: undefined,
  lookingAtSource: false,
  lookingAtCreatio: false,

  setSource: (source) =>
    set({
      source,
      service: undefined,
      serviceProblem: undefined,
      targetView: undefined,
      lookingAtSource: false,
    }),
  setTarget: (target) => set({ target, targetTyped: target !== '', targetView: undefined }),
  setCreatioFolder: (creatioFolder) => {
    set({ creatioFolder, creatio: undefined, creatioProblem: undefined, lookingAtCreatio: false })
    // Another Creatio, another database: what was tested is not that one.
    if (useDatabase.getState().way === 'creatio') useDatabase.getState().change({})
  },

  lookAtSource: () =>
    track(
      (async () => {
        const { source, service, target: before } = get()
        if (source === '' || service !== undefined) return
        const isLatest = beginSource()
        set({ lookingAtSource: true })
        const reply = await ask('service.look', { source })
        if (!isLatest() || get().source !== source) return
        if (!reply.ok) return set({ lookingAtSource: false, serviceProblem: reply.problem })
        const { targetTyped, target } = get()
        // One that was emptied in the meantime is being typed.
        const open = target === '' && before === '' && !targetTyped
        set({
          lookingAtSource: false,
          service: reply.value,
          serviceProblem: undefined,
          target: open ? reply.value.suggestedTarget : target,
        })
        await get().lookAtTarget()
      })(),
    ),

  lookAtTarget: () =>
    track(
      (async () => {
        const { source, target, targetView } = get()
        if (source === '' || target === '' || targetView !== undefined) return
        const isLatest = beginTarget()
        const reply = await ask('target.look', { source, target })
        const now = get()
        if (!isLatest() || now.source !== source || now.target !== target) return
        if (reply.ok) set({ targetView: reply.value })
      })(),
    ),

  lookAtCreatio: () =>
    track(
      (async () => {
        const { creatioFolder: folder, creatio } = get()
        if (folder === '' || creatio !== undefined) return
        const isLatest = beginCreatio()
        set({ lookingAtCreatio: true })
        const reply = await ask('creatio.look', { folder })
        if (!isLatest() || get().creatioFolder !== folder) return
        set(
          reply.ok
            ? { lookingAtCreatio: false, creatio: reply.value, creatioProblem: keptFrom(reply.value) }
            : { lookingAtCreatio: false, creatioProblem: reply.problem },
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
