import type { Step } from '../setup/step.ts'

/** Creatio on this machine: its application pool or its container. */
export type RestartCreatioInput =
  | { readonly pool: string; readonly container?: never }
  | { readonly container: string; readonly pool?: never }

/** Restarts Creatio, which keeps the keys it once read, after the service has taken up another one. */
export const restartCreatio: Step<RestartCreatioInput, never> = {
  kind: 'restart-creatio',
  inspect: () => Promise.reject(new Error('not yet')),
  preview: () => ({ detail: 'restart' }),
  apply: () => Promise.reject(new Error('not yet')),
  verify: () => Promise.reject(new Error('not yet')),
  undo: () => Promise.reject(new Error('not yet')),
}
