import { join, posix } from 'node:path'
import type { Container } from '../../docker/container.ts'
import { hostPath } from '../../docker/host-path.ts'
import { variableOf } from '../../docker/variables.ts'
import type { Machine } from '../../machine/machine.ts'
import type { PfxToday } from './found.ts'
import { notes } from './notes.ts'
import { isMissing } from './pfx-of-website.ts'
import { settingsToday, type SettingsToday } from './settings-today.ts'

/** Where the vendor's image keeps the service. */
const SERVICE_FOLDER = '/app'

export interface ContainerFiles {
  readonly settings: string
  readonly pfx: PfxToday
  readonly today: SettingsToday
}

/**
 * The files of a service in a container: its mounts lead to this machine, and what comes by its image lies in the
 * folder that the image is built from. Never rejects.
 */
export async function filesOfContainer(
  machine: Machine,
  container: Container,
  target: string,
): Promise<ContainerFiles> {
  const folder = container.workingFolder === '' ? SERVICE_FOLDER : container.workingFolder
  const lies = (path: string) => {
    const { path: mounted, volume } = hostPath(container, path, machine.platform)
    return {
      inImage: mounted === undefined,
      path: mounted ?? join(target, posix.relative(folder, path)),
      ...(volume === undefined ? {} : { volume }),
    }
  }
  const variable = (name: string) => variableOf(container, name)
  const settings = lies(posix.join(folder, 'appsettings.json')).path
  const today = await settingsToday(machine, (name) => lies(posix.join(folder, name)).path, variable)
  const own = variable('X509CertificatePath')
  const named = own ?? today.x509?.value
  const { path, inImage, volume } = lies(posix.resolve(folder, named ?? 'openssl.pfx'))
  return {
    settings,
    today,
    pfx: {
      pfx: path,
      inImage,
      ...(volume === undefined ? {} : { volume }),
      namedBy:
        own !== undefined
          ? { by: 'container', container: container.name }
          : today.x509
            ? { by: 'settings', file: today.x509.file }
            : { by: 'nothing' },
      namedAs: named ?? '',
      certain: named !== undefined,
      notes: [
        ...(today.problem ? [notes.unread(settings, today.problem)] : []),
        ...(named !== undefined || today.problem ? [] : [notes.unnamed(settings, path)]),
        ...(volume === undefined ? [] : [notes.inVolume(volume)]),
        ...(named !== undefined && volume === undefined && (await isMissing(machine, path))
          ? [notes.missing(path, named)]
          : []),
      ],
    },
  }
}
