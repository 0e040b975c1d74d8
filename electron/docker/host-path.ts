import { join, posix } from 'node:path'
import type { Container, ContainerMount } from './container.ts'

/** Where a file that a container sees really lies. */
export interface HostPath {
  /** On this machine; undefined: the image holds it. */
  readonly path?: string
  /** The engine's volume it lies in. */
  readonly volume?: string
}

/** Where a Linux container's file lies: under the mount that is deepest above it, else in its image. */
export function hostPath(
  { mounts }: Pick<Container, 'mounts'>,
  path: string,
  platform: NodeJS.Platform,
): HostPath {
  const wanted = posix.normalize(path)
  const mount = mounts
    .filter(({ target }) => isBelow(wanted, posix.normalize(target)))
    .toSorted((a, b) => b.target.length - a.target.length)[0]
  if (!mount) return {}
  const rest = posix.relative(posix.normalize(mount.target), wanted)
  const source = mountSource(mount, platform)
  return {
    path: rest === '' ? source : join(source, rest),
    ...(mount.volume === undefined ? {} : { volume: mount.volume }),
  }
}

/**
 * A mount's source as this machine calls it. The engine of Docker Desktop runs in a virtual machine and calls a disk of
 * Windows `/run/desktop/mnt/host/c` or, in older versions, `/host_mnt/c`.
 *
 * Unverified on a real server: whether `docker inspect` prints that form or the path as it was typed; both are read.
 */
export function mountSource({ source }: Pick<ContainerMount, 'source'>, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return source
  const [, disk, rest = ''] = /^\/(?:run\/desktop\/mnt\/host|host_mnt)\/([a-z])(\/.*)?$/i.exec(source) ?? []
  return disk === undefined
    ? source
    : `${disk.toUpperCase()}:${rest === '' ? '/' : rest}`.replaceAll('/', '\\')
}

function isBelow(path: string, folder: string): boolean {
  const way = posix.relative(folder, path)
  return way === '' || (!way.startsWith('..') && !posix.isAbsolute(way))
}
