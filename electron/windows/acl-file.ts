import { basename, dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { type Dacl, parseDacl } from './sddl.ts'
import { runTool, toolFailed } from './tool.ts'

/**
 * Writes the access list of a file or folder into a file that {@link restoreRights} reads; an older one is replaced.
 * Nothing below a folder is looked at. Rejects with `windows.rights-not-read`.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
 */
export async function saveRights(machine: Machine, path: string, file: string): Promise<void> {
  await machine.files.remove(file)
  const args = [path, '/save', file, '/q']
  const result = await runTool(machine, 'icacls', args)
  // A reading file tells whether it was saved whole: icacls ends with 0 for some of its failures too.
  if (result.exitCode === 0 && (await savedSddl(machine, file)) !== undefined) return
  throw toolFailed('icacls', args, result, {
    code: 'windows.rights-not-read',
    what: `The access list of “${path}” was not read.`,
    where: { file: path },
    next: 'Check that the path exists on a disk with access control (NTFS) and that this user may read its rights.',
  })
}

/**
 * Gives a file or folder the access list that {@link saveRights} wrote, and looks whether it has it then.
 * Rejects with `windows.rights-not-restored`.
 */
export async function restoreRights(machine: Machine, path: string, file: string): Promise<void> {
  const saved = await readSavedRights(machine, file)
  // The file names what it belongs to relative to the folder above.
  const args = [dirname(path), '/restore', file, '/q']
  const result = await runTool(machine, 'icacls', args)
  if (result.exitCode === 0 && sameOwnEntries(await readRights(machine, path, dirname(file)), saved)) return
  throw toolFailed('icacls', args, result, {
    code: 'windows.rights-not-restored',
    what: `The access list of “${path}” is not what it was before.`,
    where: { file: path },
    next: 'Run the command below at an elevated command prompt.',
  })
}

/**
 * Gives a file the access list of another, so that a copy of a secret is seen by the same people.
 * @param scratch an existing folder, in which a file stands for a moment
 * Rejects with `windows.rights-not-read` and `windows.rights-not-restored`.
 */
export async function copyRights(machine: Machine, from: string, to: string, scratch: string): Promise<void> {
  const file = join(scratch, `acl-${Buffer.from(machine.random.bytes(8)).toString('hex')}.tmp`)
  try {
    await saveRights(machine, from, file)
    const lines = new TextDecoder('utf-16le').decode(await machine.files.read(file)).split(/\r?\n/)
    const renamed = [basename(to), ...lines.slice(1)].join('\r\n')
    await machine.files.write(file, Buffer.from(renamed, 'utf16le'), { access: 'private' })
    await restoreRights(machine, to, file)
  } finally {
    await machine.files.remove(file)
  }
}

/**
 * The access list of a file or folder.
 * @param scratch an existing folder, in which a file stands for a moment
 * Rejects with `windows.rights-not-read` and `windows.sddl`.
 */
export async function readRights(machine: Machine, path: string, scratch: string): Promise<Dacl> {
  const file = join(scratch, `acl-${Buffer.from(machine.random.bytes(8)).toString('hex')}.tmp`)
  try {
    await saveRights(machine, path, file)
    return await readSavedRights(machine, file)
  } finally {
    await machine.files.remove(file)
  }
}

/** The access list in a file that {@link saveRights} wrote. Rejects with `windows.rights-file` and `windows.sddl`. */
async function readSavedRights(machine: Machine, file: string): Promise<Dacl> {
  const sddl = await savedSddl(machine, file)
  if (sddl !== undefined) return parseDacl(sddl)
  throw new SetupError({
    code: 'windows.rights-file',
    what: `The saved access list “${file}” is missing or is not whole.`,
    where: { file },
    next: 'Set the rights of the file or folder by hand: Properties, Security.',
  })
}

/** Lines in pairs, a relative path and its SDDL, in UTF-16. One path was saved, so there is one pair. */
async function savedSddl(machine: Machine, file: string): Promise<string | undefined> {
  const bytes = await machine.files.read(file)
  if (bytes === undefined) return undefined
  // Unverified on a real server: whether a byte order mark stands before it. The decoder takes it off.
  const [, sddl, end] = new TextDecoder('utf-16le').decode(bytes).split(/\r?\n/)
  return sddl?.startsWith('D:') && end !== undefined ? sddl : undefined
}

/** What is inherited follows from the folders above, which may have changed meanwhile. */
function sameOwnEntries(one: Dacl, other: Dacl): boolean {
  return one.protected === other.protected && ownEntries(one) === ownEntries(other)
}

function ownEntries({ entries }: Dacl): string {
  return entries
    .filter(({ inherited }) => !inherited)
    .map(({ type, flags, mask, sid }) => [type, [...flags].sort().join(''), mask, sid].join(';'))
    .sort()
    .join('\n')
}
