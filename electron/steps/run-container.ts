import { SetupError } from '../contract/problem.ts'
import {
  compareContainer,
  createContainer,
  inspectContainer,
  removeContainer,
  startContainer,
} from '../docker/container.ts'
import { runArguments, type ContainerSpec } from '../docker/container-spec.ts'
import { inspectImage } from '../docker/image.ts'
import { bringBack, setAside } from '../docker/set-aside.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { sha256 } from './replace-file.ts'

export interface ContainerInput {
  /** Without what is known only once image and files are there: `imageId`, `contentHash`. */
  readonly spec: ContainerSpec
}

interface ContainerUndo {
  readonly name: string
  /** Id of the container that was there before. */
  readonly former?: string
}

/** The container. An earlier one of this setup is kept, stopped, under another name; a foreign one is never touched. */
export const runContainer: Step<ContainerInput, ContainerUndo> = {
  kind: 'run-container',

  async inspect({ spec }, { machine }) {
    const [container, wanted] = await Promise.all([
      inspectContainer(machine, spec.name),
      complete(machine, spec),
    ])
    const state = compareContainer(container, wanted)
    if (state === 'as-wanted' && container?.state !== 'running')
      return { state: 'differs', evidence: [`The container is there; its state is “${container?.state}”.`] }
    const evidence = {
      absent: `There is no container ${spec.name} yet.`,
      'as-wanted': `${spec.name} runs as wanted.`,
      differs: `${spec.name} was started with other settings, files or another image.`,
      foreign: `There is a container ${spec.name} that this program did not make.`,
    }
    return { state, evidence: [evidence[state]] }
  },

  preview({ spec }) {
    const { args } = runArguments(spec)
    const ports = spec.ports.map(({ host }) => host).join(', ')
    return {
      detail: ports === '' ? `network ${spec.network}` : `port${spec.ports.length === 1 ? '' : 's'} ${ports}`,
      commands: [['docker', ...args].map(quoted).join(' ')],
      notes: [
        'Values of variables without “=” come from the environment of the docker command, not from its arguments.',
      ],
    }
  },

  async apply({ spec }, step) {
    const { machine } = step
    const { name } = spec
    const aside = `${name}-previous`
    const [found, kept] = await Promise.all([name, aside].map((each) => inspectContainer(machine, each)))
    // What an interrupted run began and what never came up is no state to go back to; the one before it is.
    const failed = found && kept && (found.state !== 'running' || found.restarts > 0)
    const former = failed ? kept : found
    await step.willUndo({ name, ...(former ? { former: former.id } : {}) })
    if (failed) await removeContainer(machine, name)
    else if (found) {
      step.log(`${name} is stopped and kept as ${aside}.`)
      await setAside(machine, name, aside)
    }
    await createContainer(machine, await complete(machine, spec))
    return `${name} is started.`
  },

  async verify({ spec }, { machine }) {
    const [container, wanted] = await Promise.all([
      inspectContainer(machine, spec.name),
      complete(machine, spec),
    ])
    if (container && compareContainer(container, wanted) === 'as-wanted')
      return `${container.id.slice(0, 12)}, ${container.state}`
    throw new SetupError({
      code: 'docker.container-not-as-wanted',
      what: `The container ${spec.name} is not the one that was started.`,
      next: 'Try this step again.',
    })
  },

  async undo({ name, former }, { machine }) {
    if (former === undefined) await removeContainer(machine, name)
    else await bringBack(machine, name, former)
    return former !== undefined ? `The former ${name} is back in its place.` : `${name} is removed.`
  },

  /** Only now: the former container reads its settings and PFX when it starts, and by now they are the former ones. */
  async settle({ name, former }, { machine }) {
    if (former === undefined || !(await inspectContainer(machine, former)))
      return `No former ${name} is there to be started.`
    await startContainer(machine, former)
    return `The former ${name} runs again.`
  },
}

/** The description with what the image and the mounted files are now: a container keeps seeing those it began with. */
async function complete(machine: Machine, spec: ContainerSpec): Promise<ContainerSpec> {
  const image = await inspectImage(machine, spec.image)
  const mounts = await Promise.all(
    spec.mounts.map(async (mount) => {
      const bytes = await machine.files.read(mount.source)
      return { ...mount, contentHash: bytes ? sha256(bytes) : 'missing' }
    }),
  )
  return { ...spec, mounts, ...(image ? { imageId: image.id } : {}) }
}

/** For reading and copying only: commands are run as argument lists, never through a shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
