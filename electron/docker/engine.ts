import { type Problem, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { docker } from './docker-command.ts'
import { dockerProblem } from './docker-problem.ts'

export interface Engine {
  readonly product: 'docker' | 'podman'
  readonly version: string
  /** The kind of containers it runs; the vendor's image is a Linux one. */
  readonly os: 'linux' | 'windows'
  /** The name by which a container on a bridge network reaches this machine. */
  readonly hostName: 'host.docker.internal' | 'host.containers.internal'
}

export interface EngineLook {
  /** The version of the `docker` client, when there is one. */
  readonly client?: string
  readonly engine?: Engine
  /** What keeps the engine from being used, with its remedy. */
  readonly problem?: Problem
}

const LOOK_MS = 15_000

/** Looks whether containers can be run here; changes nothing and does not reject for what it finds. */
export async function lookAtEngine(machine: Machine): Promise<EngineLook> {
  try {
    const result = await docker(machine, ['version', '--format', '{{json .}}'], { timeoutMs: LOOK_MS })
    const { client, engine } = readVersion(result.stdout)
    const found = client === undefined ? {} : { client }
    if (result.exitCode !== 0 || engine === undefined)
      return { ...found, problem: dockerProblem('The container engine cannot be used.', result) }
    return engine.os === 'linux' ? { ...found, engine } : { ...found, engine, problem: WINDOWS_CONTAINERS }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { problem: clientProblem(error.problem) }
  }
}

interface VersionPart {
  readonly Version?: string
  readonly Os?: string
  readonly Components?: readonly { readonly Name?: string }[]
}

/** Reads `docker version --format '{{json .}}'`; Podman's own client without a service prints no Server. */
function readVersion(text: string): { client?: string; engine?: Engine } {
  let parsed: { Client?: VersionPart | null; Server?: VersionPart | null }
  try {
    parsed = (JSON.parse(text) as typeof parsed | null) ?? {}
  } catch {
    return {}
  }
  const client = parsed.Client ?? undefined
  // Docker's client spells it DefaultAPIVersion, Podman's does not know it.
  const podmanClient = client !== undefined && !('DefaultAPIVersion' in client)
  const server = parsed.Server ?? (podmanClient ? client : undefined)
  const isPodman = server !== undefined && (podmanClient || isPodmanServer(server))
  return {
    ...(client?.Version === undefined ? {} : { client: client.Version }),
    ...(server?.Version === undefined
      ? {}
      : {
          engine: {
            product: isPodman ? 'podman' : 'docker',
            version: server.Version,
            os: server.Os === 'windows' ? 'windows' : 'linux',
            // Podman 4 writes Docker's `host-gateway` into the hosts file as it stands, but always adds a name
            // of its own: https://docs.podman.io/en/stable/markdown/podman-run.1.html#add-host-hostname-ip
            hostName: isPodman ? 'host.containers.internal' : 'host.docker.internal',
          },
        }),
  }
}

function isPodmanServer(server: VersionPart): boolean {
  return server.Components?.some(({ Name }) => Name?.startsWith('Podman')) ?? false
}

const WINDOWS_CONTAINERS: Problem = {
  code: 'docker.windows-containers',
  what: 'The container engine runs Windows containers.',
  cause: 'The image of the Identity Service is a Linux one.',
  next: 'Switch Docker Desktop to Linux containers, then try again.',
}

function clientProblem(problem: Problem): Problem {
  if (problem.code === 'process.not-found')
    return {
      code: 'docker.not-installed',
      what: 'There is no docker command on this machine.',
      next: 'Install Docker Desktop or Docker Engine, or Podman with its package “podman-docker”.',
    }
  if (problem.code === 'process.timeout')
    return {
      code: 'docker.not-running',
      what: 'The container engine cannot be used.',
      cause: 'The docker command got no answer from the engine; it may still be starting.',
      next: 'Wait until Docker Desktop or the docker service runs, then try again.',
    }
  return problem
}

/** The engine. @throws SetupError with what keeps it from being used */
export async function usableEngine(machine: Machine): Promise<Engine> {
  const { engine, problem } = await lookAtEngine(machine)
  if (problem || !engine) throw new SetupError(problem!)
  return engine
}
