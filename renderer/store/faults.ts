import { create } from 'zustand'
import type { Problem } from '../../electron/contract/problem.ts'

/** Something wrong in a field. `path` is its path in the answers, such as `container.httpPort`, and its id in the page. */
export interface Fault {
  readonly path: string
  readonly text: string
}

interface FaultState {
  readonly texts: Readonly<Record<string, string>>
  /** What the error summary lists; set when Next or Install was pressed. */
  readonly summary: readonly Fault[]
  /** Counts the presses, so that the same summary takes the focus again. */
  readonly presses: number
  set(path: string, text: string | undefined): void
  press(faults: readonly Fault[]): void
  clear(): void
}

/** The faults of the fields on the pages. */
export const useFaults = create<FaultState>((set) => ({
  texts: {},
  summary: [],
  presses: 0,
  set: (path, text) =>
    set(({ texts, summary }) => {
      const { [path]: _gone, ...rest } = texts
      if (text !== undefined) return { texts: { ...rest, [path]: text } }
      return { texts: rest, summary: summary.filter((fault) => fault.path !== path) }
    }),
  press: (faults) =>
    set((state) => ({
      summary: faults,
      presses: state.presses + 1,
      texts: { ...state.texts, ...Object.fromEntries(faults.map((fault) => [fault.path, fault.text])) },
    })),
  clear: () => set({ texts: {}, summary: [] }),
}))

/** Puts problems that name a path onto their fields, so that the page shows them when it is opened. */
export function placeProblems(problems: readonly Problem[]): void {
  for (const problem of problems)
    if (problem.where?.path !== undefined) useFaults.getState().set(problem.where.path, problem.what)
}
