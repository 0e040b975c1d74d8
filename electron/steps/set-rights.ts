import { basename, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { call, command } from '../setup/script-parts.ts'
import type { Found, Step } from '../setup/step.ts'
import { readRights, restoreRights, saveRights } from '../windows/acl-file.ts'
import {
  missingRights,
  rightsArguments,
  rightsCommand,
  setRights,
  type WantedRights,
} from '../windows/rights.ts'
import { lookAtToken } from '../windows/token.ts'
import { programBelowWindows } from '../windows/tool.ts'

export interface RightsInput {
  readonly wanted: readonly WantedRights[]
  /** A folder for what icacls writes while it is asked; private to this user. */
  readonly scratch: string
  /** Folders that are made first when they are missing, such as the one for logs. */
  readonly folders: readonly string[]
}

type RightsUndo =
  | { readonly made: string }
  /** The access list as `icacls /save` wrote it. */
  | { readonly path: string; readonly saved: string }

/** Who may use the service's files: the pool's account what it needs, and secrets nobody but it and the administrators. */
export const setFileRights: Step<RightsInput, RightsUndo> = {
  kind: 'set-rights',

  async inspect({ wanted, scratch }, { machine }) {
    const missing = await lacking(machine, wanted, scratch).catch((error: unknown) => unseen(error, machine))
    if ('state' in missing) return missing
    if (missing.length === 0) return { state: 'as-wanted', evidence: ['All rights are as wanted.'] }
    return { state: missing.length === wanted.length ? 'absent' : 'differs', evidence: missing }
  },

  preview({ wanted }) {
    const exact = wanted.filter((each) => each.exact).map(({ path }) => basename(path))
    return {
      detail: wanted.length === 1 ? '1 access list' : `${wanted.length} access lists`,
      commands: wanted.map(rightsCommand),
      ...(exact.length === 0
        ? {}
        : { notes: [`Nobody else may read ${listed(exact)}: inherited rights end there.`] }),
    }
  },

  async apply({ wanted, folders, scratch }, context) {
    const { machine } = context
    for (const folder of folders) {
      if (await machine.files.info(folder)) continue
      await context.willUndo({ made: folder })
      await machine.files.makeFolder(folder)
    }
    await machine.files.makeFolder(context.backupFolder, { access: 'private' })
    for (const [index, each] of wanted.entries()) {
      if ((await lacking(machine, [each], scratch)).length === 0) continue
      const saved = join(context.backupFolder, `rights-${index}-${basename(each.path)}.acl`)
      await saveRights(machine, each.path, saved)
      await context.willUndo({ path: each.path, saved })
      await setRights(machine, each, scratch)
    }
    return wanted.length === 1 ? 'The rights are set.' : `The rights of ${wanted.length} places are set.`
  },

  async verify({ wanted, scratch }, { machine }) {
    const missing = await lacking(machine, wanted, scratch)
    if (missing.length === 0) return 'access lists read back and as wanted'
    throw new SetupError({
      code: 'windows.rights-not-as-wanted',
      what: 'The rights read back are not those that were set.',
      next: 'Check that the folder lies on an NTFS disk and that no group policy sets its rights; then try this step again.',
      details: missing,
    })
  },

  async undo(record, { machine }) {
    if (!('made' in record)) return restored(record, machine)
    if ((await machine.files.list(record.made)).length > 0) return `${record.made} holds logs and is kept.`
    await machine.files.remove(record.made)
    return `${record.made} is removed.`
  },

  script: ({ wanted, folders }) => [
    ...folders.map((folder) => call('New-Folder', { Path: folder })),
    ...wanted.map((each) => command(programBelowWindows('icacls'), rightsArguments(each))),
  ],
}

/** What protects the files of an installed service also keeps others than administrators from reading their rights. */
async function unseen(error: unknown, machine: Machine): Promise<Found> {
  const isUnread = error instanceof SetupError && error.problem.code === 'windows.rights-not-read'
  if (!isUnread || (await lookAtToken(machine)).elevated) throw error
  const evidence = [`${error.problem.what} It is looked at by an administrator before anything is changed.`]
  return { state: 'unknown', evidence }
}

async function restored(
  { path, saved }: { readonly path: string; readonly saved: string },
  machine: Machine,
): Promise<string> {
  if (!(await machine.files.info(path))) return `${path} is gone, and its rights with it.`
  await restoreRights(machine, path, saved)
  return `The rights of ${path} are as they were.`
}

async function lacking(
  machine: Machine,
  wanted: readonly WantedRights[],
  scratch: string,
): Promise<string[]> {
  const missing: string[] = []
  await machine.files.makeFolder(scratch, { access: 'private' })
  for (const each of wanted) {
    if (!(await machine.files.info(each.path))) missing.push(`${each.path} is not there yet.`)
    else missing.push(...missingRights(await readRights(machine, each.path, scratch), each))
  }
  return missing
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
