import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PrerequisiteSubject } from '../../../../electron/checks/prerequisites/subject.ts'
import type { ContainerAnswers } from '../../../../electron/contract/answers.ts'
import type { CommandResult, Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { exampleAnswers, type ExampleKind } from '../../../../electron/scenarios/new-installation/example.ts'
import type { SourceDescription } from '../../../../electron/service/describe.ts'

export const engine = {
  product: 'docker',
  version: '28.2.2',
  os: 'linux',
  hostName: 'host.docker.internal',
} as const

const source: SourceDescription = {
  kind: 'archive',
  path: '/srv/IdentityService.zip',
  files: 412,
  unpackedBytes: 50 * 1_048_576,
  runtime: { name: 'Microsoft.AspNetCore.App', version: '8.0.0' },
  drivers: {},
  hasMigrations: true,
  pfxScripts: [],
  shippedPfx: [],
  settings: Buffer.from('{}'),
  dockerfile: Buffer.from('FROM scratch'),
  warnings: [],
}

export type Changes = Partial<Omit<PrerequisiteSubject, 'source'>> & {
  readonly hosting?: ExampleKind
  readonly target?: string
  readonly container?: Partial<ContainerAnswers>
  readonly source?: Partial<SourceDescription>
}

/** What a setup into Docker asks for, on a machine that has it all; changed as a test needs it. */
export function subject({
  hosting = 'docker',
  target,
  container: inContainer,
  source: changed,
  ...more
}: Changes = {}) {
  const example = exampleAnswers(hosting, 'linux')
  const answers = {
    ...example,
    ...(target === undefined ? {} : { service: { ...example.service, target } }),
    ...(example.container ? { container: { ...example.container, ...inContainer } } : {}),
  }
  return {
    machine: realMachine(),
    answers,
    source: { ...source, ...changed },
    engine,
    engineLook: { client: '28.2.2', engine },
    machineName: 'srv01',
    ...more,
  } satisfies PrerequisiteSubject
}

export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'checks-test-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface DockerWorld {
  /** What `docker inspect` says of each container that is there, by name. */
  readonly containers?: Readonly<Record<string, object>>
  readonly images?: Readonly<Record<string, object>>
  /** Ports of this machine that something else listens on. */
  readonly taken?: readonly number[]
}

/** A machine whose docker client knows these containers and images, in the forms of Docker 28. */
export function dockerMachine({ containers = {}, images = {}, taken = [] }: DockerWorld = {}): Machine {
  const said = (value: unknown): CommandResult => ({ exitCode: 0, stdout: JSON.stringify(value), stderr: '' })
  const missing = (kind: string, name: string): CommandResult => ({
    exitCode: 1,
    stdout: '[]',
    stderr: `Error response from daemon: No such ${kind}: ${name}`,
  })
  const run = async ({ args }: { readonly args: readonly string[] }): Promise<CommandResult> => {
    const [verb, second, third = ''] = args
    if (verb === 'ps') return { exitCode: 0, stdout: Object.keys(containers).join('\n'), stderr: '' }
    if (verb === 'image' && second === 'inspect')
      return images[third] ? said([images[third]]) : missing('image', third)
    if (verb !== 'inspect') throw new Error(`not known to this double: docker ${args.join(' ')}`)
    const names = args.slice(3)
    const gone = names.find((name) => !containers[name])
    return gone === undefined ? said(names.map((name) => containers[name])) : missing('container', gone)
  }
  const machine = realMachine()
  return {
    ...machine,
    processes: { ...machine.processes, run },
    network: { ...machine.network, portFree: async (port) => !taken.includes(port) },
  }
}

/** A container as `docker inspect` tells it. */
export function container(
  name: string,
  about: {
    labels?: object
    ports?: readonly number[]
    network?: string
    env?: readonly string[]
    state?: string
  } = {},
) {
  const bindings = (about.ports ?? []).map((port) => [`80/tcp`, [{ HostIp: '', HostPort: String(port) }]])
  return {
    Id: `id-${name}`,
    Name: `/${name}`,
    State: { Status: about.state ?? 'running' },
    Config: { Image: 'image', Labels: about.labels ?? {}, Env: about.env ?? [] },
    HostConfig: { NetworkMode: about.network ?? 'bridge', PortBindings: Object.fromEntries(bindings) },
  }
}
