import type { Machine } from '../machine/machine.ts'
import { appcmd, findObject, nameOf, wentWell } from './appcmd.ts'
import { appcmdFailed } from './appcmd-problem.ts'
import { stopObject } from './run-state.ts'

type Kind = 'apppool' | 'site'

const WORDS: Readonly<Record<Kind, string>> = { apppool: 'application pool', site: 'site' }

/** Stops and deletes a pool or a site. Nothing to delete is not an error. */
export async function deleteObject(machine: Machine, kind: Kind, name: string): Promise<void> {
  const found = await findObject(machine, kind, name)
  if (found === undefined) return
  await stopObject(machine, kind, name)
  const args = ['delete', kind, nameOf(found)]
  const result = await appcmd(machine, args)
  if (wentWell(result)) return
  // Deleted in the meantime by someone else, or by a call whose answer was lost.
  if ((await findObject(machine, kind, name)) === undefined) return
  throw await appcmdFailed(machine, `The ${WORDS[kind]} “${name}” was not deleted.`, args, result)
}
