import { SetupError } from '../contract/problem.ts'
import { inspectContainer, restartContainer } from '../docker/container.ts'
import { readPool, recyclePool } from '../iis/pools.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'

/** Creatio on this machine: its application pool or its container. */
export type RestartCreatioInput =
  | { readonly pool: string; readonly container?: never }
  | { readonly container: string; readonly pool?: never }

/**
 * Restarts Creatio, which goes on with the service's keys as it once read them (vendor's manual: “Restart Identity Service
 * and Creatio”). One that is stopped reads them when it is started, which is left to whoever stopped it.
 */
export const restartCreatio: Step<RestartCreatioInput, RestartCreatioInput> = {
  kind: 'restart-creatio',
  // It has to read the former key from a service that runs again.
  settlesLast: true,

  /** As wanted whatever its state: it is the service's new key after which it is restarted. */
  inspect: (input, { machine }) =>
    seenByAdministrator(async () => {
      const state = await stateOf(machine, input)
      return {
        state: 'as-wanted',
        evidence: [
          state === 'runs'
            ? `${nameOf(input)} runs; it is restarted once the service has taken up another key.`
            : `${nameOf(input)} is stopped; it reads the service’s key when it is started.`,
        ],
      }
    }),

  preview: (input) => ({
    detail: 'restart',
    commands: [
      input.pool === undefined
        ? `docker restart ${input.container}`
        : `appcmd recycle apppool "${input.pool}"`,
    ],
    notes: ['Users of Creatio wait while it starts. One that is stopped stays stopped.'],
  }),

  async apply(input, context) {
    const { machine } = context
    if ((await stateOf(machine, input)) === 'stopped')
      return `${nameOf(input)} is stopped and stays so; it reads the service’s key when it is started.`
    await context.willUndo(input)
    await restart(machine, input)
    if ((await stateOf(machine, input)) === 'runs') return `${nameOf(input)} is restarted.`
    throw new SetupError({
      code: 'creatio.not-restarted',
      what: `${nameOf(input)} does not run after its restart.`,
      next: 'Start it and read its log, then try this step again.',
    })
  },

  async verify(input, { machine }) {
    return (await stateOf(machine, input)) === 'runs' ? 'it runs' : 'it is stopped, as it was'
  },

  /** What it has read is read again once the service has its former key. */
  undo: () => Promise.resolve(''),

  async settle(input, { machine }) {
    if ((await stateOf(machine, input)) === 'stopped') return `${nameOf(input)} is stopped and stays so.`
    await restart(machine, input)
    return `${nameOf(input)} is restarted, so that it reads the former key.`
  },
}

async function stateOf(machine: Machine, input: RestartCreatioInput): Promise<'runs' | 'stopped'> {
  const found =
    input.pool === undefined
      ? await inspectContainer(machine, input.container)
      : await readPool(machine, input.pool)
  if (!found) throw missing(input)
  return ['running', 'restarting', 'Started', 'Starting'].includes(found.state) ? 'runs' : 'stopped'
}

function restart(machine: Machine, input: RestartCreatioInput): Promise<void> {
  return input.pool === undefined
    ? restartContainer(machine, input.container)
    : recyclePool(machine, input.pool)
}

function nameOf(input: RestartCreatioInput): string {
  return input.pool === undefined
    ? `Creatio’s container ${input.container}`
    : `Creatio’s application pool ${input.pool}`
}

function missing(input: RestartCreatioInput): SetupError {
  return new SetupError({
    code: 'creatio.not-found',
    what: `${nameOf(input)} is not there.`,
    next:
      input.pool === undefined
        ? 'Look at the containers with “docker ps -a”, then name Creatio’s.'
        : 'Look at the application pools in IIS Manager, then name Creatio’s.',
    untouched: 'It was not restarted.',
  })
}
