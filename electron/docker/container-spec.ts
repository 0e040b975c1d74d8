import { createHash } from 'node:crypto'
import { Secret } from '../secrets/secret.ts'
import { SPEC_LABEL } from './labels.ts'

/** A container as it should be. */
export interface ContainerSpec {
  readonly name: string
  /** Tag or id of an image that is on this machine; nothing is fetched. */
  readonly image: string
  /** The id of that image, so that a container of an older build is seen to differ. */
  readonly imageId?: string
  readonly ports: readonly PortMapping[]
  readonly mounts: readonly FileMount[]
  /** Variables; a Secret's value goes through the environment of the docker command, never into its arguments. */
  readonly environment: Readonly<Record<string, string | Secret>>
  /** Name of a network, or `host`; the engine's default bridge when left out. */
  readonly network?: string
  /** Further names in the container's hosts file: name → address, or `host-gateway` (Docker only). */
  readonly hosts?: Readonly<Record<string, string>>
  /** Kernel settings of the container's own network. */
  readonly sysctls?: Readonly<Record<string, string>>
  readonly restart: 'no' | 'on-failure' | 'always' | 'unless-stopped'
  /** User or `user:group` to run as instead of the image's. */
  readonly user?: string
}

interface PortMapping {
  readonly host: number
  readonly container: number
  /** The address of this machine it is published on; all when left out. */
  readonly address?: string
}

/** A file or folder of this machine, seen read-only in the container. */
export interface FileMount {
  readonly source: string
  readonly target: string
  /**
   * Hash of what the file holds. A container goes on seeing the file it was started with when that is replaced,
   * so a new content needs a new container.
   */
  readonly contentHash?: string
}

export interface RunArguments {
  readonly args: readonly string[]
  /** Secret: for the environment of the docker command. */
  readonly env: Readonly<Record<string, string>>
}

/** In the background, and never fetching an image that nobody asked for. */
const START = ['run', '-d', '--pull', 'never']

/** The arguments of the `docker run` that makes a container as described, without any secret in them. */
export function runArguments(spec: ContainerSpec): RunArguments {
  const env: Record<string, string> = {}
  const variables = Object.entries(spec.environment).flatMap(([name, value]) => {
    if (!(value instanceof Secret)) return ['--env', `${name}=${value}`]
    env[name] = value.open()
    return ['--env', name]
  })
  const args = [
    ...START,
    '--name',
    spec.name,
    '--restart',
    spec.restart,
    ...spec.ports.flatMap((port) => ['-p', portArgument(port)]),
    ...spec.mounts.flatMap((mount) => ['--mount', mountArgument(mount)]),
    ...variables,
    ...(spec.network === undefined ? [] : ['--network', spec.network]),
    ...Object.entries(spec.hosts ?? {}).flatMap(([name, address]) => ['--add-host', `${name}:${address}`]),
    ...Object.entries(spec.sysctls ?? {}).flatMap(([name, value]) => ['--sysctl', `${name}=${value}`]),
    ...(spec.user === undefined ? [] : ['--user', spec.user]),
    '--label',
    `${SPEC_LABEL}=${specHash(spec)}`,
    spec.image,
  ]
  return { args, env }
}

/** SHA-256 of a description in hex, the same whatever the order of names; a secret counts by its own hash. */
export function specHash(spec: ContainerSpec): string {
  const hash = (value: string) => createHash('sha256').update(value).digest('hex')
  const plain = JSON.stringify(spec, (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    // JSON asks a Secret for its printed form before this function sees it, so secrets are taken one level up.
    return Object.fromEntries(
      entries.map(([key, item]) => [key, item instanceof Secret ? { secret: hash(item.open()) } : item]),
    )
  })
  return hash(plain)
}

/** `-p`: https://docs.docker.com/reference/cli/docker/container/run/#publish */
function portArgument({ address, host, container }: PortMapping): string {
  const published = `${host}:${container}`
  if (address === undefined) return published
  return address.includes(':') ? `[${address}]:${published}` : `${address}:${published}`
}

/** `--mount` reads one line of CSV: https://docs.docker.com/reference/cli/docker/container/run/#mount */
function mountArgument({ source, target }: FileMount): string {
  return ['type=bind', `source=${source}`, `target=${target}`, 'readonly'].map(csvField).join(',')
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
