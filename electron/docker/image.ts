import type { Machine } from '../machine/machine.ts'
import type { BuildContext } from './build-context.ts'
import { inspected, isMissing, mustDocker, docker } from './docker-command.ts'
import type { Engine } from './engine.ts'
import { CONTEXT_LABEL, type Likeness } from './labels.ts'
import { environmentOf, record, strings, text } from './reading.ts'

export interface Image {
  /** Without the `sha256:` that some engines put before it. */
  readonly id: string
  readonly labels: Readonly<Record<string, string>>
  /** As whom the container runs; empty is root. */
  readonly user: string
  readonly environment: Readonly<Record<string, string>>
  /** Such as `80/tcp`. */
  readonly ports: readonly string[]
  readonly workingFolder: string
}

export interface Build {
  readonly context: BuildContext
  /** The Dockerfile's path inside the context. */
  readonly dockerfile: string
  readonly tag: string
  readonly engine: Engine
  readonly onLine?: (line: string) => void
  readonly signal?: AbortSignal
}

const BUILD_MS = 30 * 60_000

/** The arguments of `docker build` that reads its context from standard input. */
function buildArguments({ tag, dockerfile, context }: Pick<Build, 'tag' | 'dockerfile' | 'context'>) {
  return ['build', '-t', tag, '-f', dockerfile, '--label', `${CONTEXT_LABEL}=${context.hash}`, '-']
}

/** Builds an image. The base image is fetched when the engine does not have it. Rejects with `docker.…`. */
export async function buildImage(machine: Machine, build: Build): Promise<void> {
  await mustDocker(machine, `The image “${build.tag}” was not built.`, buildArguments(build), {
    stdin: build.context.tar(),
    timeoutMs: BUILD_MS,
    ...(build.engine.product === 'podman' ? { env: { DOCKER_BUILDKIT: '0' } } : {}),
    ...(build.onLine === undefined ? {} : { onLine: build.onLine }),
    ...(build.signal === undefined ? {} : { signal: build.signal }),
  })
}

/** What is known of an image on this machine, or undefined when there is none of that tag. */
export async function inspectImage(machine: Machine, tag: string): Promise<Image | undefined> {
  const result = await docker(machine, ['image', 'inspect', tag])
  if (isMissing(result)) return undefined
  const failed = `The image “${tag}” was not looked at.`
  if (result.exitCode !== 0) await mustDocker(machine, failed, ['image', 'inspect', tag])
  const found = inspected(failed, result)[0]
  if (found === undefined) return undefined
  const config = record(found['Config'])
  return {
    id: text(found['Id']).replace(/^sha256:/, ''),
    labels: strings(config['Labels']),
    user: text(config['User']),
    environment: environmentOf(config['Env']),
    ports: Object.keys(record(config['ExposedPorts'])),
    workingFolder: text(config['WorkingDir']),
  }
}

/** Whether an image was built from exactly these files. */
export function compareImage(image: Image | undefined, context: Pick<BuildContext, 'hash'>): Likeness {
  if (image === undefined) return 'absent'
  const label = image.labels[CONTEXT_LABEL]
  if (label === undefined) return 'foreign'
  return label === context.hash ? 'as-wanted' : 'differs'
}

/** The instructions an image was made by, newest first: what everybody sees who has the image. */
export async function imageHistory(machine: Machine, tag: string): Promise<readonly string[]> {
  const args = ['history', '--no-trunc', '--format', '{{.CreatedBy}}', tag]
  const { stdout } = await mustDocker(machine, `The history of “${tag}” was not read.`, args)
  return stdout.split(/\r?\n/).filter((line) => line !== '')
}

/** Lets a tag stand for an image that is on this machine. */
export async function tagImage(machine: Machine, id: string, tag: string): Promise<void> {
  await mustDocker(machine, `The tag “${tag}” was not set.`, ['image', 'tag', id, tag])
}

/** Removes a tag, and the image when that was its last. Nothing to remove is not an error. */
export async function removeImage(machine: Machine, tag: string): Promise<void> {
  const result = await docker(machine, ['image', 'rm', tag])
  if (result.exitCode !== 0 && !isMissing(result))
    await mustDocker(machine, `The image “${tag}” was not removed.`, ['image', 'rm', tag])
}
