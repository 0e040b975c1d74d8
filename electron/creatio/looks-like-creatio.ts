import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { findInCreatioFolder } from './creatio-folder.ts'

/** How much of Creatio a folder holds. */
export interface CreatioLook {
  /** `certain`: its own program; `likely`: a file that other programs may have, too. */
  readonly sure: 'certain' | 'likely'
  /** The file that tells, by its name. */
  readonly by: string
  /** `ConnectionStrings.config`. */
  readonly connectionStrings?: string
}

/** The programs of Creatio: for .NET, and for .NET Framework with its inner application. */
const PROGRAMS = ['Terrasoft.WebHost.dll', 'Terrasoft.WebApp', join('bin', 'Terrasoft.Core.dll')]

/** Whether a folder holds a Creatio application; undefined when it does not, or this user may not look. */
export async function looksLikeCreatio(machine: Machine, folder: string): Promise<CreatioLook | undefined> {
  if (folder === '') return undefined
  const { connectionStrings } = await findInCreatioFolder(machine, folder).catch(
    (): { connectionStrings?: string } => ({}),
  )
  const found = connectionStrings === undefined ? {} : { connectionStrings }
  for (const by of PROGRAMS)
    if (await machine.files.info(join(folder, by)).catch(() => undefined))
      return { sure: 'certain', by, ...found }
  if (await mentionsTerrasoft(machine, join(folder, 'Web.config')))
    return { sure: 'certain', by: 'Web.config', ...found }
  return connectionStrings === undefined
    ? undefined
    : { sure: 'likely', by: 'ConnectionStrings.config', connectionStrings }
}

async function mentionsTerrasoft(machine: Machine, file: string): Promise<boolean> {
  const bytes = await machine.files.read(file).catch(() => undefined)
  return bytes !== undefined && /Terrasoft\./.test(Buffer.from(bytes).toString('latin1'))
}
