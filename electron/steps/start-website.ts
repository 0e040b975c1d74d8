import { SetupError } from '../contract/problem.ts'
import { readPool, recyclePool, startPool, stopPool } from '../iis/pools.ts'
import { readSite, startSite, stopSite } from '../iis/sites.ts'
import type { Machine } from '../machine/machine.ts'
import { call } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface StartInput {
  readonly pool: string
  /** The service’s site, and one that redirects to it. */
  readonly sites: readonly string[]
}

interface StartUndo {
  readonly pool: string
  readonly poolRan: boolean
  readonly sites: readonly { readonly name: string; readonly ran: boolean }[]
}

/** Starts pool and site; a pool that runs is recycled, because the service reads its files when it starts. */
export const startWebsite: Step<StartInput, StartUndo> = {
  kind: 'start-website',

  inspect: ({ pool, sites }, { machine }) =>
    seenByAdministrator(async () => {
      const states = await statesOf(machine, pool, sites)
      const stopped = states.filter(({ state }) => state !== 'Started')
      if (stopped.length === 0) return { state: 'as-wanted', evidence: ['Application pool and website run.'] }
      const evidence = stopped.map(({ what, state }) => `${what}: ${state ?? 'not there yet'}.`)
      return { state: stopped.some(({ state }) => state !== undefined) ? 'differs' : 'absent', evidence }
    }),

  preview({ pool, sites }) {
    return {
      detail: 'start',
      commands: [`appcmd start apppool "${pool}"`, ...sites.map((site) => `appcmd start site "${site}"`)],
      notes: ['A pool that runs already is recycled, so that the service reads what was written.'],
    }
  },

  async apply({ pool, sites }, context) {
    const { machine } = context
    const poolRan = (await readPool(machine, pool))?.state === 'Started'
    const before = await Promise.all(
      sites.map(async (name) => ({ name, ran: (await readSite(machine, name))?.state === 'Started' })),
    )
    await context.willUndo({ pool, poolRan, sites: before })
    await (poolRan ? recyclePool(machine, pool) : startPool(machine, pool))
    for (const { name, ran } of before) if (!ran) await startSite(machine, name)
    return `Application pool and website are ${poolRan ? 'running with the new files' : 'started'}.`
  },

  async verify({ pool, sites }, { machine }) {
    const stopped = (await statesOf(machine, pool, sites)).find(({ state }) => state !== 'Started')
    if (!stopped) return 'read back, Started'
    throw new SetupError({
      code: 'iis.not-started',
      what: `${stopped.what} is not started.`,
      next: 'Look at the System log for events of WAS and W3SVC, correct what they name, then try this step again.',
      details: [`${stopped.what}: ${stopped.state ?? 'not there'}`],
    })
  },

  async undo({ pool, poolRan, sites }, { machine }) {
    for (const { name, ran } of sites)
      if (!ran && (await readSite(machine, name))) await stopSite(machine, name)
    // Stopped in any case: what reads the service’s files must not do so while they change.
    if (await readPool(machine, pool)) await stopPool(machine, pool)
    return poolRan ? `${pool} waits for its former files.` : `${pool} is stopped.`
  },

  /** Only now: the former files are back. */
  async settle({ pool, poolRan }, { machine }) {
    if (!poolRan || !(await readPool(machine, pool))) return ''
    await startPool(machine, pool)
    return `The application pool ${pool} runs again.`
  },

  script: ({ pool, sites }) => [
    call('Start-InIis', { Kind: 'apppool', Name: pool }),
    ...sites.map((name) => call('Start-InIis', { Kind: 'site', Name: name })),
  ],
}

async function statesOf(machine: Machine, pool: string, sites: readonly string[]) {
  return [
    { what: `Application pool ${pool}`, state: (await readPool(machine, pool))?.state },
    ...(await Promise.all(
      sites.map(async (name) => ({ what: `Website ${name}`, state: (await readSite(machine, name))?.state })),
    )),
  ]
}
