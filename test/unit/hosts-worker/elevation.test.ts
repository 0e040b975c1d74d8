import { describe, expect, it } from 'vitest'
import { Elevation } from '../../../electron/hosts/worker/elevation.ts'
import type { Launch } from '../../../electron/hosts/worker/launch.ts'
import { planDigest } from '../../../electron/hosts/worker/digest.ts'
import type { Planned } from '../../../electron/hosts/session/prepared.ts'
import { Session } from '../../../electron/hosts/session/session.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { inFolder } from '../setup/fake-steps.ts'
import { inProcess, refusedPrompt, ScriptedPlans } from './scripted-plans.ts'

interface Scene {
  readonly plans: ScriptedPlans
  readonly planned: Planned
  readonly elevation: Elevation
  /** Command lines of the workers that were started. */
  readonly started: (readonly string[])[]
}

async function inScene(
  use: (scene: Scene) => Promise<void>,
  how: (plans: ScriptedPlans) => Launch = (plans) => inProcess(plans),
): Promise<void> {
  await inFolder(async (stateFolder, machine) => {
    const plans = new ScriptedPlans(stateFolder)
    const started: (readonly string[])[] = []
    const launch: Launch = (args) => {
      started.push(args)
      return how(plans)(args)
    }
    const session = new Session({ machine: realMachine(), stateFolder, environment: {} })
    const elevation = new Elevation({ session, launch: () => launch, patienceMs: 20_000 })
    const request = { task: 'enable-iis-features' } as const
    const planned: Planned = { id: 'p1', request, plan: { ...plans.plan, practice: false }, machine }
    await use({ plans, planned, elevation, started })
    elevation.close()
  })
}

const nobody = () => {}

describe('elevation', () => {
  it('asks once, and uses the worker that is there for what comes after', () =>
    inScene(async ({ plans, planned, elevation, started }) => {
      const view = await plans.view()
      expect(elevation.present).toBe(false)
      const first = await elevation.start(planned, view, nobody)
      expect(await first.go()).toBe('done')
      expect(await first.rollBack()).toBe('undone')
      expect(started).toHaveLength(1)
      expect(started[0]).toContain(`--plan=${planDigest(view)}`)
      expect(elevation.present).toBe(true)
      plans.names = ['c']
      const second = await elevation.start({ ...planned, id: 'p2' }, await plans.view(), nobody)
      expect(await second.go()).toBe('done')
      expect(started).toHaveLength(1)
    }))

  it('starts nothing when the worker sees another plan than the one on the page', () =>
    inScene(async ({ plans, planned, elevation }) => {
      const view = await plans.view()
      plans.world.values.set('b', 'theirs')
      const starting = elevation.start(planned, view, nobody)
      await expect(starting).rejects.toMatchObject({ problem: { code: 'elevation.plan-changed' } })
      expect(plans.world.calls.filter((call) => call.startsWith('apply'))).toEqual([])
    }))

  it('asks again after a prompt that was refused', () => {
    let refuse = true
    return inScene(
      async ({ plans, planned, elevation, started }) => {
        const view = await plans.view()
        await expect(elevation.start(planned, view, nobody)).rejects.toMatchObject({
          problem: { code: 'elevation.refused' },
        })
        refuse = false
        expect(await (await elevation.start(planned, view, nobody)).go()).toBe('done')
        expect(started).toHaveLength(2)
      },
      (plans) => (refuse ? refusedPrompt : inProcess(plans)),
    )
  })

  it('shows one prompt at a time', () => {
    const answered = Promise.withResolvers<void>()
    return inScene(
      async ({ plans, planned, elevation, started }) => {
        const view = await plans.view()
        const first = elevation.start(planned, view, nobody)
        await expect.poll(() => started.length).toBe(1)
        await expect(elevation.start(planned, view, nobody)).rejects.toMatchObject({
          problem: { code: 'elevation.asking' },
        })
        answered.resolve()
        expect(await (await first).go()).toBe('done')
        expect(started).toHaveLength(1)
      },
      (plans) => async (args) => {
        await answered.promise
        return inProcess(plans)(args)
      },
    )
  })

  it('needs a worker of its own to take an interrupted run back', () =>
    inScene(async ({ plans, planned, elevation, started }) => {
      const run = await elevation.start(planned, await plans.view(), nobody)
      await run.go()
      const { id } = run.view
      const again = await elevation.reopen(id, false, nobody)
      expect(started[1]).toContain(`--journal=${id}`)
      expect(await again.rollBack()).toBe('undone')
      expect(plans.world.values.size).toBe(0)
      // That one plans nothing.
      expect(await (await elevation.start(planned, await plans.view(), nobody)).go()).toBe('done')
      expect(started).toHaveLength(3)
    }))
})
