import type { Container } from '../../docker/container.ts'
import type { Machine } from '../../machine/machine.ts'
import { installationId } from '../../service/installation.ts'
import { announcedOrigins } from './announced-url.ts'
import { addressOfContainer } from './container-address.ts'
import { isHostOfContainer } from './database-named.ts'
import type { FoundInstallation, InstallationWishes } from './found.ts'
import { notes } from './notes.ts'
import { filesOfContainer } from './pfx-of-container.ts'
import { systemClientIn } from './system-client.ts'

/**
 * An installation in a container that somebody else made.
 * @param byName nothing but its name tells that it belongs to the folder
 * @throws SetupError `installation.no-address`
 */
export async function adoptContainer(
  machine: Machine,
  { target, practice }: InstallationWishes,
  container: Container,
  byName: boolean,
): Promise<FoundInstallation> {
  const { settings, pfx, today } = await filesOfContainer(machine, container, target)
  const clientId = systemClientIn(today.clients)
  const address = await addressOfContainer(machine, container, announcedOrigins(today.clients, clientId))
  const { publicUrl, localUrl, trust } = address
  return {
    ...pfx,
    certain: pfx.certain && !byName,
    installation: {
      version: 1,
      id: installationId(target),
      name: container.name,
      hosting: 'docker',
      ...(practice === true ? { practice } : {}),
      target,
      settings,
      pfx: pfx.pfx,
      publicUrl,
      localUrl,
      clientId,
      ...(today.database && isHostOfContainer(today.database) ? { databaseServer: 'localhost' } : {}),
      container: container.name,
      installedAt: machine.clock.now().toISOString(),
    },
    recorded: false,
    settings,
    ...(trust === undefined ? {} : { trust }),
    notes: [
      ...(byName ? [notes.byName(container.name)] : []),
      ...pfx.notes,
      notes.address(publicUrl),
      ...(clientId === '' && !today.problem ? [notes.noClient(settings)] : []),
    ],
  }
}
