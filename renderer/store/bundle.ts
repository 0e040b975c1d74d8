import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'
import type { BundleView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'
import type { Draft } from './given.ts'

interface BundleState {
  readonly file: string
  readonly view: BundleView | undefined
  readonly looking: boolean
  readonly problem: Problem | undefined
  setFile(file: string): void
  /** Product, version and signature of the file. An answer about a file that is no longer typed is dropped. */
  look(draft: Draft): Promise<void>
}

/** The installer of the hosting bundle that a fix will run. Several checks may ask for the same one. */
export const useBundle = create<BundleState>((set, get) => ({
  file: '',
  view: undefined,
  looking: false,
  problem: undefined,

  setFile: (file) => set({ file, view: undefined, problem: undefined, looking: false }),

  look: (draft) =>
    track(
      (async () => {
        const file = get().file.trim()
        if (file === '' || get().looking || get().view?.file === file) return
        set({ looking: true, view: undefined, problem: undefined })
        const reply = await ask('bundle.look', { file, draft })
        if (get().file.trim() !== file) return
        set(
          reply.ok
            ? { looking: false, view: { ...reply.value, file } }
            : { looking: false, problem: reply.problem },
        )
      })(),
    ),
}))

/** Whether a file has been looked at and may be run. */
export const bundleMayRun = ({ view }: { readonly view: BundleView | undefined }): boolean =>
  view !== undefined && view.trusted && view.refused === undefined
