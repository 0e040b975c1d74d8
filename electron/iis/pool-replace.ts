import { problemOf, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { findObject, mustAppcmd, nameOf } from './appcmd.ts'
import { maskedXml, printObjects, readObjects } from './appcmd-xml.ts'
import { type ConfigElement, holdsSecret, withAttributes } from './config-element.ts'
import { deleteObject } from './objects.ts'
import { startObject, stateOf, stopObject } from './run-state.ts'

/**
 * Creates a pool from its whole configuration, fed to appcmd on standard input: the way in which a pool is moved with
 * all its settings, and the only one on which its password is on no command line. Rejects with `iis.duplicate` and the like.
 */
export async function addPool(machine: Machine, pool: ConfigElement): Promise<void> {
  const name = nameOf(pool)
  await mustAppcmd(machine, `The application pool “${name}” was not created.`, ['add', 'apppool', '/in'], {
    stdin: printObjects([pool]),
    done: async () => (await findObject(machine, 'apppool', name)) !== undefined,
  })
}

/**
 * Puts a pool in the place of the one of its name, which is stopped before. When IIS does not take the new one, the
 * former one is put back before this rejects.
 *
 * Deleting and adding, because that is known to carry nested settings and passwords and leaves nothing behind that
 * the former configuration did not have; of `set apppool /in` neither is known. Applications name their pool, so
 * they find the new one.
 */
export async function replacePool(
  machine: Machine,
  former: ConfigElement,
  wanted: ConfigElement,
): Promise<void> {
  // What cannot be printed must fail while the former one is still there.
  printObjects([wanted])
  await deleteObject(machine, 'apppool', nameOf(former))
  try {
    await addPool(machine, wanted)
  } catch (error) {
    await putBack(machine, former).catch((second: unknown) => {
      throw withDetail(error, `The former application pool was not put back: ${problemOf(second).what}`)
    })
    throw error
  }
}

/**
 * Brings a pool back to what `xml` says. It is then stopped: what it runs may have to be brought back first. Nothing
 * is done where it is like that already.
 */
export async function restorePoolXml(machine: Machine, xml: string): Promise<void> {
  const former = readObjects(xml)[0]!
  const name = nameOf(former)
  const found = await findObject(machine, 'apppool', name)
  // What was written down had no secret, so one that is there now is a change.
  if (found !== undefined && !holdsSecret(found) && alike(found, former)) return
  if (found === undefined) await addPool(machine, former)
  else await replacePool(machine, found, former)
  await stopObject(machine, 'apppool', name)
}

async function putBack(machine: Machine, former: ConfigElement): Promise<void> {
  const name = nameOf(former)
  if ((await findObject(machine, 'apppool', name)) === undefined) await addPool(machine, former)
  if (stateOf(former) === 'Started') await startObject(machine, 'apppool', name)
}

function withDetail(error: unknown, detail: string): SetupError {
  const problem = problemOf(error)
  return new SetupError({ ...problem, details: [...(problem.details ?? []), detail] }, { cause: error })
}

/** Whether two pools have the same configuration, as far as it may be known, running or not. */
export function alike(a: ConfigElement, b: ConfigElement): boolean {
  const [first, second] = [a, b].map((pool) => maskedXml(ordered(withAttributes(pool, { state: undefined }))))
  return first === second
}

/** Attributes in one order: appcmd does not keep theirs. */
function ordered(element: ConfigElement): ConfigElement {
  const attributes = new Map([...element.attributes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { ...element, attributes, children: element.children.map(ordered) }
}
