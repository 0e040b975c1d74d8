import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { type ContainerSpec, runArguments, specHash } from './container-spec.ts'
import { docker, inspected, isMissing, mustDocker } from './docker-command.ts'
import { SPEC_LABEL, type Likeness } from './labels.ts'
import { environmentOf, list, record, strings, text } from './reading.ts'

export interface Container {
  readonly id: string
  readonly name: string
  /** As docker calls it: `created`, `running`, `restarting`, `exited`, ... */
  readonly state: string
  readonly exitCode: number
  /** How often the engine started it again by itself. */
  readonly restarts: number
  /** `healthy`, `unhealthy`, `starting`, or undefined when the image has no health check. */
  readonly health?: string
  /** Tag or id it was made of. */
  readonly image: string
  readonly imageId: string
  readonly labels: Readonly<Record<string, string>>
  /** May hold secrets: never shown, never logged. */
  readonly environment: Readonly<Record<string, string>>
  readonly mounts: readonly ContainerMount[]
  readonly ports: readonly { readonly host: number; readonly container: number; readonly address: string }[]
  readonly restart: string
  readonly network: string
  /** Where its program starts, such as `/app`; empty where neither the image nor its maker says. */
  readonly workingFolder: string
}

/** A file or folder that a container sees and that does not come with its image. */
export interface ContainerMount {
  /** As the engine sees it. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  /** The name of the engine's own volume; a file or folder of this machine when left out. */
  readonly volume?: string
}

const STOP_SECONDS = 10
const START_MS = 120_000

/**
 * Makes a container and starts it. When it cannot be started, what was made of it is removed again.
 * Rejects with `docker.port-taken`, `docker.name-taken`, `docker.image-missing`, `docker.mount-missing`, ...
 */
export async function createContainer(machine: Machine, spec: ContainerSpec): Promise<void> {
  await sourcesMustBeThere(machine, spec)
  const before = await inspectContainer(machine, spec.name)
  const { args, env } = runArguments(spec)
  try {
    await mustDocker(machine, `The container “${spec.name}” was not started.`, args, {
      env,
      timeoutMs: START_MS,
    })
  } catch (error) {
    // docker run leaves a container behind that it made and could not start.
    const left =
      before === undefined ? await inspectContainer(machine, spec.name).catch(() => undefined) : undefined
    if (left !== undefined && compareContainer(left, spec) !== 'foreign')
      await removeContainer(machine, spec.name).catch(() => undefined)
    throw error
  }
}

/** Podman makes an empty folder where a file is missing, and the service would then fail for another reason. */
async function sourcesMustBeThere(machine: Machine, spec: ContainerSpec): Promise<void> {
  for (const { source } of spec.mounts) {
    if ((await machine.files.info(source)) !== undefined) continue
    throw new SetupError({
      code: 'docker.mount-missing',
      what: `The container “${spec.name}” was not started.`,
      where: { file: source },
      cause: `There is no “${source}”, which the container is to be given.`,
      next: 'Check the path, then try again.',
    })
  }
}

/** Starts a container that is there. */
export async function startContainer(machine: Machine, name: string): Promise<void> {
  const args = ['start', name]
  await mustDocker(machine, `The container “${name}” was not started.`, args, { timeoutMs: START_MS })
}

/** Stops a container, after ten seconds by force. One that is stopped already is not an error. */
export async function stopContainer(machine: Machine, name: string): Promise<void> {
  await mustDocker(machine, `The container “${name}” was not stopped.`, [
    'stop',
    '-t',
    String(STOP_SECONDS),
    name,
  ])
}

/**
 * Stops a container, after ten seconds by force, and starts it; one that is stopped is started. What is mounted is looked
 * up anew: a file that took another's place meanwhile is the one the container then sees.
 */
export async function restartContainer(machine: Machine, name: string): Promise<void> {
  const args = ['restart', '-t', String(STOP_SECONDS), name]
  await mustDocker(machine, `The container “${name}” was not restarted.`, args, { timeoutMs: START_MS })
}

/** Removes a container, running or not. Nothing to remove is not an error. */
export async function removeContainer(machine: Machine, name: string): Promise<void> {
  const result = await docker(machine, ['rm', '-f', name])
  if (result.exitCode !== 0 && !isMissing(result))
    await mustDocker(machine, `The container “${name}” was not removed.`, ['rm', '-f', name])
}

/** What is known of a container, or undefined when there is none of that name. */
export async function inspectContainer(machine: Machine, name: string): Promise<Container | undefined> {
  return (await inspectContainers(machine, [name]))[0]
}

/** What is known of several containers; those that are gone are left out. */
export async function inspectContainers(
  machine: Machine,
  names: readonly string[],
): Promise<readonly Container[]> {
  if (names.length === 0) return []
  const args = ['inspect', '--type', 'container', ...names]
  const result = await docker(machine, args)
  const failed = `The container “${names.join(', ')}” was not looked at.`
  if (result.exitCode !== 0 && !isMissing(result)) await mustDocker(machine, failed, args)
  return inspected(failed, result).map(readContainer)
}

/** Whether a container is the one described. One of that name without this program's label is foreign. */
export function compareContainer(container: Container | undefined, spec: ContainerSpec): Likeness {
  if (container === undefined) return 'absent'
  const label = container.labels[SPEC_LABEL]
  if (label === undefined) return 'foreign'
  const otherImage = spec.imageId !== undefined && container.imageId !== spec.imageId
  return label === specHash(spec) && !otherImage ? 'as-wanted' : 'differs'
}

/**
 * The last lines a container wrote, both its streams, in the order they came. They hold whatever the service
 * printed: redact before showing.
 */
export async function containerLog(
  machine: Machine,
  name: string,
  { tail = 200, since }: { readonly tail?: number; readonly since?: Date } = {},
): Promise<readonly string[]> {
  const lines: string[] = []
  const args = ['logs', '--tail', String(tail), ...(since ? ['--since', since.toISOString()] : []), name]
  await mustDocker(machine, `The log of “${name}” was not read.`, args, {
    onLine: (line) => lines.push(line),
  })
  return lines
}

function readContainer(found: Readonly<Record<string, unknown>>): Container {
  const state = record(found['State'])
  const config = record(found['Config'])
  const hostConfig = record(found['HostConfig'])
  const health = text(record(state['Health'])['Status'])
  return {
    id: text(found['Id']),
    name: text(found['Name']).replace(/^\//, ''),
    state: text(state['Status']),
    exitCode: Number(state['ExitCode'] ?? 0),
    restarts: Number(found['RestartCount'] ?? 0),
    ...(health === '' || health === 'none' ? {} : { health }),
    image: text(config['Image']),
    imageId: text(found['Image']).replace(/^sha256:/, ''),
    labels: strings(config['Labels']),
    environment: environmentOf(config['Env']),
    mounts: list(found['Mounts'])
      .map(record)
      .map((mount) => ({
        source: text(mount['Source']),
        target: text(mount['Destination']),
        readOnly: mount['RW'] === false,
        ...(text(mount['Type']) === 'volume' ? { volume: text(mount['Name']) } : {}),
      })),
    ports: readPorts(record(hostConfig['PortBindings'])),
    restart: text(record(hostConfig['RestartPolicy'])['Name']) || 'no',
    network: text(hostConfig['NetworkMode']),
    workingFolder: text(config['WorkingDir']),
  }
}

function readPorts(bindings: Readonly<Record<string, unknown>>): Container['ports'] {
  return Object.entries(bindings).flatMap(([containerPort, published]) =>
    list(published)
      .map(record)
      .map((binding) => ({
        host: Number(text(binding['HostPort'])),
        container: Number.parseInt(containerPort, 10),
        address: text(binding['HostIp']) || '0.0.0.0',
      })),
  )
}
