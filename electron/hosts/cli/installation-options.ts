import { resolve } from 'node:path'
import { installationId, readInstallation } from '../../service/installation.ts'
import { invalidArguments } from './arguments.ts'
import type { CommandContext } from './context.ts'

/** Which installation is meant, by the options of every command about one that is there. */
export const INSTALLATION_OPTIONS = {
  target: { type: 'string' },
  container: { type: 'string' },
  site: { type: 'string' },
} as const

interface InstallationValues {
  readonly target?: string | undefined
  readonly container?: string | undefined
  readonly site?: string | undefined
}

/** The part of answers that says which installation is meant. @throws SetupError `arguments.invalid` */
export async function installationIn(
  { target: folder, container, site }: InstallationValues,
  { machine, session }: CommandContext,
): Promise<{
  readonly practice?: true
  readonly installation: { readonly target: string; readonly container?: string; readonly site?: string }
}> {
  if (folder === undefined) throw invalidArguments('Name the folder of the installation (--target FOLDER).')
  const target = resolve(folder)
  const record = await readInstallation(machine, session.stateFolder, installationId(target))
  return {
    ...(record?.practice === true ? { practice: true } : {}),
    installation: {
      target,
      ...(container === undefined ? {} : { container }),
      ...(site === undefined ? {} : { site }),
    },
  }
}
