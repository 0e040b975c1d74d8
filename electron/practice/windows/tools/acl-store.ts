import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ServerState } from '../state.ts'
import { type Ace, type Dacl, inheritedBy } from './acl.ts'
import { parseSddl, printSddl } from './sddl.ts'

/** The root of the volume as security baselines leave it: SYSTEM and Administrators do everything, users may read. */
const volumeRoot: Dacl = parseSddl('D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)')!

/** The list in force at a path: its own entries, then what comes from above. */
export async function readDacl(state: ServerState, path: string): Promise<Dacl> {
  const own = await ownDacl(state, path)
  if (own.closed) return own
  const parent = dirname(path)
  if (parent === path) return volumeRoot
  const kind = (await stat(path)).isDirectory() ? 'folder' : 'file'
  return { closed: false, aces: [...own.aces, ...inheritedBy(kind, await readDacl(state, parent))] }
}

/** What was set at the path itself. A file that has taken another's place has only what it inherits. */
async function ownDacl(state: ServerState, path: string): Promise<Dacl> {
  const sddl = state.acl[path]
  if (sddl === undefined || state.runtime.aclFiles?.[path] !== (await inode(path)))
    return { closed: false, aces: [] }
  return parseSddl(sddl)!
}

/** Sets a path's own list; inherited entries in it are left out, because they follow from the folders above. */
export async function writeDacl(state: ServerState, path: string, { closed, aces }: Dacl): Promise<void> {
  const own = { closed, aces: inOrder(aces.filter(({ flags }) => !flags.includes('ID'))) }
  const { [path]: _list, ...otherLists } = state.acl
  const { [path]: _file, ...otherFiles } = state.runtime.aclFiles ?? {}
  if (!own.closed && own.aces.length === 0) {
    state.acl = otherLists
    state.runtime.aclFiles = otherFiles
    return
  }
  state.acl = sorted({ ...otherLists, [path]: printSddl(own) })
  state.runtime.aclFiles = sorted({ ...otherFiles, [path]: (await inode(path))! })
}

/** Forgets the lists of files that are gone or have been replaced, as the volume did when it happened. */
export async function forgetGoneFiles(state: ServerState): Promise<void> {
  for (const path of Object.keys(state.acl)) {
    const file = state.runtime.aclFiles?.[path]
    if (file !== undefined && file === (await inode(path))) continue
    delete state.acl[path]
    delete state.runtime.aclFiles?.[path]
  }
}

/** Explicit refusals come before explicit grants (learn.microsoft.com “Order of ACEs in a DACL”). */
function inOrder(aces: readonly Ace[]): Ace[] {
  return [...aces.filter(({ type }) => type === 'D'), ...aces.filter(({ type }) => type === 'A')]
}

async function inode(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ ino }) => ino,
    () => undefined,
  )
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)))
}
