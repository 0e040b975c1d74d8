import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { planDigest } from '../../../electron/hosts/worker/digest.ts'
import { ElevatedRun } from '../../../electron/hosts/worker/elevated-run.ts'
import type { WorkerLink } from '../../../electron/hosts/worker/link.ts'
import type { RunHandle } from '../../../electron/hosts/session/runner.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { inFolder } from '../setup/fake-steps.ts'
import { cut, inProcess, linkTo, proof, refusedPrompt, ScriptedPlans } from './scripted-plans.ts'

const place = { stateFolder: '/state', practice: true }
const answers = { kind: 'answers', answers: {}, secrets: {} } as const

interface Scene {
  readonly plans: ScriptedPlans
  readonly link: WorkerLink
  readonly digest: string
  readonly events: RunEvent[]
  start(again?: boolean): Promise<ElevatedRun>
}

/** A window and its worker, over a real pipe, with a plan prepared. */
async function inScene(
  use: (scene: Scene) => Promise<void>,
  more: { readonly again?: 'refused' } = {},
): Promise<void> {
  await inFolder(async (folder) => {
    const plans = new ScriptedPlans(folder)
    const digest = planDigest(await plans.view())
    const link = await linkTo(inProcess(plans), { kind: 'plan', digest })
    const events: RunEvent[] = []
    const links = [link]
    const reopen = async (journal: string) => {
      const launch = more.again === 'refused' ? refusedPrompt : inProcess(plans)
      const next = await linkTo(launch, { kind: 'journal', journal })
      links.push(next)
      const { view } = (await next.ask({ type: 'reopen', ...place, journal }, 'view')) as {
        view: ElevatedRun['view']
      }
      return { link: next, view }
    }
    const { clock } = realMachine()
    const options = { clock, reopen, onEvent: (event: RunEvent) => events.push(event) }
    await link.ask({ type: 'prepare', ...place, setup: answers }, 'prepared')
    await use({
      plans,
      link,
      digest,
      events,
      start: (again = false) => ElevatedRun.start(link, { digest, again }, options),
    })
    for (const each of links) each.end()
  })
}

/** Both sides are in this process: what one has sent has reached the other after a few turns, however long they take. */
async function arrived(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 2))
}

const states = (run: RunHandle) => run.view.steps.map(({ id, state }) => `${id} ${state}`).join(', ')

describe('a run by a worker', () => {
  it('is seen as the run itself is seen', () =>
    inScene(async ({ plans, start, events }) => {
      const run = await start()
      expect(run.view).toMatchObject({ id: 'r1', status: 'running', fraction: 0 })
      expect(await run.go()).toBe('done')
      expect(plans.world.values.size).toBe(2)
      expect(states(run)).toBe('a done, b done')
      expect(run.view).toMatchObject({ status: 'done', fraction: 1 })
      expect(run.writtenFiles.map(({ path }) => path)).toEqual(['/a', '/b'])
      expect(events[0]).toMatchObject({ type: 'run-started', run: 'r1' })
      expect(events.at(-1)).toMatchObject({ type: 'run-finished', outcome: 'done' })
    }))

  it('tells while it goes on what the view at its end tells', () =>
    inScene(async ({ plans, start }) => {
      plans.world.fail('apply b')
      const run = await start()
      let seen: unknown
      plans.world.at.set('inspect b', async () => {
        await arrived()
        seen = run.view
      })
      expect(await run.go()).toBe('failed')
      expect(seen).toMatchObject({ status: 'running', steps: [{ state: 'done' }, { state: 'running' }] })
      expect(run.view.failure).toMatchObject({ step: 'b', problem: { code: 'test.fault' } })
    }))

  it('goes on after a failure, in the same worker', () =>
    inScene(async ({ plans, start }) => {
      plans.world.fail('apply b')
      const run = await start()
      expect(await run.go()).toBe('failed')
      plans.world.at.clear()
      expect(await run.go()).toBe('done')
      expect(plans.world.calls.filter((call) => call === 'apply a')).toHaveLength(1)
    }))

  it('stops after the current step', () =>
    inScene(async ({ plans, start }) => {
      const run = await start()
      plans.world.at.set('apply a', async () => {
        run.stop()
        expect(run.view.status).toBe('stopping')
        await arrived()
      })
      expect(await run.go()).toBe('stopped')
      expect(states(run)).toBe('a done, b waiting')
    }))

  it('is taken back', () =>
    inScene(async ({ plans, start }) => {
      const run = await start()
      await run.go()
      expect(await run.rollBack()).toBe('undone')
      expect(plans.world.values.size).toBe(0)
      expect(run.view.status).toBe('undone')
    }))

  it('is not started when the worker’s plan is another one; nothing is changed', () =>
    inScene(async ({ plans, link, start }) => {
      plans.names = ['a', 'b', 'c']
      const prepared = await link.ask({ type: 'prepare', ...place, setup: answers }, 'prepared')
      expect(prepared).toMatchObject({ asApproved: false, view: { steps: [{}, {}, { id: 'c' }] } })
      await expect(start()).rejects.toMatchObject({ problem: { code: 'elevation.plan-changed' } })
      expect(plans.world.values.size).toBe(0)
      // Reviewed: the same worker, without another prompt.
      const { clock } = realMachine()
      const options = { clock, onEvent: () => {}, reopen: () => Promise.reject(new Error('not asked')) }
      const run = await ElevatedRun.start(link, { digest: prepared.digest, again: true }, options)
      expect(await run.go()).toBe('done')
    }))

  it('says that its worker is gone, and is taken back by another', () =>
    inScene(async ({ plans, link, start, events }) => {
      plans.world.values.set('a', 'off')
      const run = await start()
      plans.world.at.set('apply b', async () => {
        // As if it were killed: nothing more comes from it.
        cut(link)
        await new Promise(() => {})
      })
      expect(await run.go()).toBe('failed')
      expect(run.lost).toBe(true)
      expect(run.view).toMatchObject({
        status: 'failed',
        failure: { step: 'b', problem: { code: 'elevation.worker-lost' } },
      })
      expect(states(run)).toBe('a done, b failed')
      expect(events.at(-1)).toMatchObject({ type: 'run-finished', outcome: 'failed' })
      // Nobody can go on with it here.
      expect(await run.go()).toBe('failed')
      expect(await run.rollBack()).toBe('undone')
      expect([...plans.world.values]).toEqual([['a', 'off']])
      expect(run.view.status).toBe('undone')
    }))

  it('stays interrupted when the second prompt is refused', () =>
    inScene(
      async ({ plans, link, start }) => {
        const run = await start()
        plans.world.at.set('apply b', async () => {
          cut(link)
          await new Promise(() => {})
        })
        await run.go()
        expect(await run.rollBack()).toBe('undo-failed')
        expect(run.view.undoFailures).toMatchObject([{ problem: { code: 'elevation.refused' } }])
        expect(plans.world.values.get('a')).toBe('on')
      },
      { again: 'refused' },
    ))

  it('proves through its worker', () =>
    inScene(async ({ link }) => {
      const told: unknown[] = []
      link.onNews = (news) => told.push(news)
      const { checks } = await link.ask({ type: 'prove' }, 'proved')
      expect(checks).toEqual([proof])
      expect(told).toMatchObject([{ type: 'event', event: { type: 'check' } }])
    }))
})
