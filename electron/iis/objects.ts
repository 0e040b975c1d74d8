import type { Machine } from '../machine/machine.ts'
import { findObject, mustAppcmd, nameOf } from './appcmd.ts'
import { stopObject } from './run-state.ts'

type Kind = 'apppool' | 'site'

const WORDS: Readonly<Record<Kind, string>> = { apppool: 'application pool', site: 'site' }

/** Stops and deletes a pool or a site. Nothing to delete is not an error. */
export async function deleteObject(machine: Machine, kind: Kind, name: string): Promise<void> {
  const found = await findObject(machine, kind, name)
  if (found === undefined) return
  await stopObject(machine, kind, name)
  const gone = async () => (await findObject(machine, kind, name)) === undefined
  const failed = `The ${WORDS[kind]} “${name}” was not deleted.`
  await mustAppcmd(machine, failed, ['delete', kind, nameOf(found)], { done: gone }).catch(
    async (error: unknown) => {
      // Someone else may have deleted it in the meantime.
      if (!(await gone())) throw error
    },
  )
}
