import type { BrowserWindow } from 'electron'
import type { BackEnd } from '../back-end/types.ts'
import type { Dispatch } from '../dispatch.ts'
import { desktopShell } from './shell.ts'

/** What the calls of the window's page lead to. */
export interface Behind {
  readonly backEnd: BackEnd
  readonly dispatch: Dispatch
}

/** Reads the code of the back end, most of the program, and opens it. */
export async function openBehind(window: BrowserWindow, stateFolder: string): Promise<Behind> {
  const [{ createBackEnd }, { createDispatch }, { realMachine }] = await Promise.all([
    import('../back-end/index.ts'),
    import('../dispatch.ts'),
    import('../../machine/real.ts'),
  ])
  const backEnd = createBackEnd({ shell: desktopShell(window), machine: realMachine(), stateFolder })
  return { backEnd, dispatch: createDispatch(backEnd) }
}
