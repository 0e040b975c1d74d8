import { join } from 'node:path'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceInstaller } from '../../../electron/practice/windows/demonstration.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'

/** The simulated Windows of a state folder, behind the wizard's back. */
export function practiceServer(stateFolder: string) {
  const folder = join(stateFolder, 'practice', 'windows')
  const state = () => practiceState(realMachine(), folder)
  return {
    /** An installer of the hosting bundle, for whoever has to choose a file. */
    installer: practiceInstaller(folder),

    /** Makes the server as a practice run would find it, but for what the options say; before a practice run begins. */
    async make(options: PracticeWindowsOptions = {}): Promise<void> {
      const creatioFolder = join(stateFolder, 'practice', 'Creatio')
      await practiceWindows(realMachine(), folder, {
        demonstration: true,
        creatioFolder,
        ...options,
      }).files.info(folder)
    },

    /** Looks at the server, or changes it, as an administrator would do beside the wizard. */
    change: <T>(work: (state: ServerState) => T): Promise<T> =>
      state().change((now) => Promise.resolve(work(now))),

    /** Windows refuses to recycle an application pool, once. */
    refuseRecycling: (): Promise<void> =>
      state().change(({ runtime }) => {
        const how = { kind: 'exit', code: 5, stdout: 'ERROR ( message:Access is denied. )' } as const
        runtime.faults.push({ tool: 'appcmd', at: 1, matching: 'recycle', how })
        return Promise.resolve()
      }),

    /** All that a setup can change of it, as one text. */
    configuration: (): Promise<string> => state().change((now) => Promise.resolve(configurationText(now))),
  }
}
