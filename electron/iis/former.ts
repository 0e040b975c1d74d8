import { problemOf, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { appcmd, findObject, mustAppcmd, nameOf, wentWell } from './appcmd.ts'
import { appcmdFailed } from './appcmd-problem.ts'
import { printObjects, readObjects } from './appcmd-xml.ts'
import { type ConfigElement, same, withAttributes } from './config-element.ts'
import { type RunState, startObject, stateOf, stopObject } from './run-state.ts'

type Kind = 'apppool' | 'site'

const WORDS: Readonly<Record<Kind, string>> = { apppool: 'application pool', site: 'site' }

/**
 * Creates an object from its whole configuration, fed to appcmd on standard input: the way IIS's own documentation
 * moves sites and pools, and the only one on which a password is on no command line.
 * Rejects with `iis.duplicate` and the like.
 */
export async function addObject(machine: Machine, kind: Kind, object: ConfigElement): Promise<void> {
  await mustAppcmd(machine, `The ${WORDS[kind]} “${nameOf(object)}” was not created.`, ['add', kind, '/in'], {
    stdin: printObjects([object]),
  })
}

/** Stops and deletes an object. Nothing to delete is not an error. */
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

/**
 * Puts an object in the place of the one of its name, which is stopped before. When IIS does not take the new one,
 * the former one is put back before this rejects.
 *
 * Deleting and adding, because it is documented to carry nested settings and passwords, and leaves nothing behind
 * that the former configuration did not have; of `set … /in` neither is known.
 */
export async function replaceObject(
  machine: Machine,
  kind: Kind,
  former: ConfigElement,
  wanted: ConfigElement,
): Promise<void> {
  // Printed first: what cannot be printed must fail while the former one is still there.
  printObjects([wanted])
  await deleteObject(machine, kind, nameOf(former))
  try {
    await addObject(machine, kind, wanted)
  } catch (error) {
    await putBack(machine, kind, former).catch((second: unknown) => {
      throw withDetail(error, `The former ${WORDS[kind]} was not put back: ${problemOf(second).what}`)
    })
    throw error
  }
}

async function putBack(machine: Machine, kind: Kind, former: ConfigElement): Promise<void> {
  const name = nameOf(former)
  if ((await findObject(machine, kind, name)) === undefined) await addObject(machine, kind, former)
  if (stateOf(former) === 'Started') await startObject(machine, kind, name)
}

function withDetail(error: unknown, detail: string): SetupError {
  const problem = problemOf(error)
  return new SetupError({ ...problem, details: [...(problem.details ?? []), detail] }, { cause: error })
}

/**
 * Brings an object back to what `xml` says. It is then stopped: what it reads may have to be brought back first.
 * Nothing is done where it is like that already, whether it runs or not.
 */
export async function restoreObject(machine: Machine, kind: Kind, xml: string): Promise<void> {
  const former = readObjects(xml)[0]!
  const name = nameOf(former)
  const found = await findObject(machine, kind, name)
  if (found !== undefined && alike(found, former)) return
  if (found === undefined) await addObject(machine, kind, former)
  else await replaceObject(machine, kind, found, former)
  await stopObject(machine, kind, name)
}

/** How an object was before a change. */
export interface FormerState {
  readonly name: string
  readonly state: RunState
}

function alike(a: ConfigElement, b: ConfigElement): boolean {
  const [first, second] = [a, b].map((object) =>
    printObjects([ordered(withAttributes(object, { state: undefined }))]),
  )
  return first === second
}

/** Attributes in one order: appcmd does not keep theirs. */
function ordered(element: ConfigElement): ConfigElement {
  const attributes = new Map(
    [...element.attributes].toSorted(([a], [b]) => (same(a, b) ? 0 : a < b ? -1 : 1)),
  )
  return { ...element, attributes, children: element.children.map(ordered) }
}
