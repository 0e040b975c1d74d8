import type { Container } from '../../docker/container.ts'
import { mountSource } from '../../docker/host-path.ts'
import { isWithin } from '../../iis/paths.ts'
import type { Machine } from '../../machine/machine.ts'
import { relative, isAbsolute } from 'node:path'
import { variableOf } from '../../docker/variables.ts'

/** Containers that may be the service of a folder. */
export interface Candidates {
  readonly containers: readonly Container[]
  /** Only their names tell; none of them is given a file of the folder. */
  readonly byName: boolean
}

/**
 * The containers that may run the service of a folder: those that are given a file of it, and of them those that look
 * like the service; else those that are called like it. A stopped one counts only where none runs.
 */
export function candidatesFor(machine: Machine, all: readonly Container[], target: string): Candidates {
  const mounted = all.filter(({ mounts }) =>
    mounts.some((mount) => isBelow(machine, mountSource(mount, machine.platform), target)),
  )
  const services = mounted.filter(looksLikeService)
  if (mounted.length > 0)
    return { containers: running(services.length > 0 ? services : mounted), byName: false }
  return { containers: running(all.filter(isNamedLikeService)), byName: true }
}

/** Whether a container has what only the service needs: its certificate, or its settings beside others. */
export function looksLikeService(container: Container): boolean {
  return (
    variableOf(container, 'X509CertificatePath') !== undefined ||
    isNamedLikeService(container) ||
    container.mounts.some(({ target }) => /\/(openssl\.pfx|IdentityService\.dll)$/i.test(target))
  )
}

/** The vendor's manual calls image and container after the service; its database beside it is no .NET program. */
function isNamedLikeService(container: Container): boolean {
  const [repository = ''] = (container.image.split('/').at(-1) ?? '').split(':')
  const isDotnet = DOTNET.some((name) => variableOf(container, name) !== undefined)
  return isDotnet && [container.name, repository].some((name) => /identity|oauth/i.test(name))
}

/** Variables that Microsoft's images of .NET set: https://learn.microsoft.com/dotnet/core/tools/dotnet-environment-variables */
const DOTNET = ['DOTNET_RUNNING_IN_CONTAINER', 'ASPNET_VERSION', 'DOTNET_VERSION', 'ASPNETCORE_URLS']

function running(containers: readonly Container[]): readonly Container[] {
  const alive = containers.filter(({ state }) => state === 'running' || state === 'restarting')
  return alive.length > 0 ? alive : containers
}

function isBelow({ platform }: Machine, path: string, folder: string): boolean {
  if (platform === 'win32') return isWithin(path, folder)
  const way = relative(folder, path)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
