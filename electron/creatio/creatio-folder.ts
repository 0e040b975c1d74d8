import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'

/** Files of a Creatio application folder that the setup of the service starts from. */
export interface CreatioFolder {
  /** `ConnectionStrings.config`. */
  readonly connectionStrings?: string
  /** `IdentityService.zip`, which Creatio's distribution brings along. */
  readonly archive?: string
}

/**
 * Looks for the two files at the root of a Creatio folder, and where the inner application of .NET Framework
 * (`Terrasoft.WebApp`) was chosen or holds them, there. A folder that is missing holds nothing.
 */
export async function findInCreatioFolder(machine: Machine, folder: string): Promise<CreatioFolder> {
  const [connectionStrings, archive] = await Promise.all([
    firstFile(machine, folder, 'ConnectionStrings.config'),
    firstFile(machine, folder, 'IdentityService.zip'),
  ])
  return { ...(connectionStrings ? { connectionStrings } : {}), ...(archive ? { archive } : {}) }
}

async function firstFile(machine: Machine, folder: string, wanted: string): Promise<string | undefined> {
  // The outer application's file is the one Creatio reads, so the folder above is asked only from within the inner one.
  const inner = /[\\/]Terrasoft\.WebApp[\\/]?$/i.test(folder)
  for (const place of inner ? [join(folder, '..'), folder] : [folder, join(folder, 'Terrasoft.WebApp')]) {
    const name = (await machine.files.list(place)).find(
      (other) => other.toLowerCase() === wanted.toLowerCase(),
    )
    if (name !== undefined && (await machine.files.info(join(place, name)))?.kind === 'file')
      return join(place, name)
  }
  return undefined
}
