import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planDigest } from '../../../electron/hosts/worker/digest.ts'
import {
  readWindowMessage,
  type WindowMessage,
  type WorkerMessage,
} from '../../../electron/hosts/worker/messages.ts'
import { WorkerService } from '../../../electron/hosts/worker/service.ts'
import { inFolder } from '../setup/fake-steps.ts'
import { ScriptedPlans } from './scripted-plans.ts'
import { MISUNDERSTOOD } from './samples.ts'

const answers = { kind: 'answers', answers: {}, secrets: {} } as const
const prepare: WindowMessage = { type: 'prepare', stateFolder: '/state', practice: true, setup: answers }

interface Scene {
  readonly plans: ScriptedPlans
  readonly digest: string
  readonly sent: WorkerMessage[]
  readonly ended: () => boolean
  readonly service: WorkerService
  /** Receives a message and waits until all it leads to is over, which is when its last answer was sent. */
  say(message: WindowMessage): Promise<readonly WorkerMessage['type'][]>
}

async function inScene(
  use: (scene: Scene) => Promise<void>,
  more: { readonly digest?: string; readonly idleMs?: number } = {},
): Promise<void> {
  await inFolder(async (folder) => {
    const plans = new ScriptedPlans(folder)
    const digest = planDigest(await plans.view())
    const sent: WorkerMessage[] = []
    let ends = 0
    const service = new WorkerService({
      plans,
      approved: { kind: 'plan', digest: more.digest ?? digest },
      send: (message) => sent.push(message),
      end: () => ends++,
      ...(more.idleMs === undefined ? {} : { idleMs: more.idleMs }),
    })
    const say = async (message: WindowMessage) => {
      const before = sent.length
      service.receive(message)
      await until(() =>
        sent.slice(before).some(({ type }) => type === ANSWERS[message.type] || type === 'problems'),
      )
      return sent.slice(before).map(({ type }) => type)
    }
    await use({ plans, digest, sent, service, say, ended: () => ends === 1 })
    service.close()
  })
}

/** What answers a message of each type; a problem answers any. */
const ANSWERS: Partial<Record<WindowMessage['type'], WorkerMessage['type']>> = {
  prepare: 'prepared',
  run: 'view',
  go: 'finished',
  rollback: 'finished',
  prove: 'proved',
}

async function until(happened: () => boolean): Promise<void> {
  for (let waited = 0; !happened(); waited += 5) {
    if (waited > 10_000) throw new Error('It did not happen.')
    await pause(5)
  }
}

const withoutEvents = (types: readonly string[]) => types.filter((type) => type !== 'event')

describe('the worker', () => {
  it('prepares, runs what was approved, and takes it back', () =>
    inScene(async ({ plans, digest, say }) => {
      expect(await say(prepare)).toEqual(['prepared'])
      expect(await say({ type: 'run', digest, again: false })).toEqual(['view'])
      expect(plans.world.values.size).toBe(0)
      expect(withoutEvents(await say({ type: 'go' }))).toEqual(['written', 'view', 'finished'])
      expect([...plans.world.values]).toEqual([
        ['a', 'on'],
        ['b', 'on'],
      ])
      expect(await say({ type: 'prove' })).toEqual(['event', 'proved'])
      expect(withoutEvents(await say({ type: 'rollback' }))).toEqual(['written', 'view', 'finished'])
      expect(plans.world.values.size).toBe(0)
    }))

  it('runs another plan than the approved one only after it was reviewed', () =>
    inScene(
      async ({ plans, digest, sent, say }) => {
        await say(prepare)
        expect(sent.at(-1)).toMatchObject({ type: 'prepared', asApproved: false, digest })
        // What was approved is not its plan; its plan was not reviewed.
        expect(await say({ type: 'run', digest: 'f'.repeat(64), again: false })).toEqual(['problems'])
        expect(await say({ type: 'run', digest: 'f'.repeat(64), again: true })).toEqual(['problems'])
        expect(await say({ type: 'run', digest, again: false })).toEqual(['problems'])
        expect(sent.at(-1)).toMatchObject({ problems: [{ code: 'elevation.plan-changed' }] })
        expect(plans.world.values.size).toBe(0)
        expect(await say({ type: 'run', digest, again: true })).toEqual(['view'])
      },
      { digest: 'f'.repeat(64) },
    ))

  it('does not run a plan of before when it has prepared another', () =>
    inScene(async ({ plans, digest, say }) => {
      await say(prepare)
      plans.names = ['a', 'b', 'c']
      await say(prepare)
      expect(await say({ type: 'run', digest, again: true })).toEqual(['problems'])
    }))

  it('counts what turned out somebody else’s as another plan', () =>
    inScene(async ({ plans, digest, sent, say }) => {
      plans.world.values.set('b', 'theirs')
      await say(prepare)
      expect(sent.at(-1)).toMatchObject({ type: 'prepared', asApproved: false })
      expect(await say({ type: 'run', digest, again: false })).toEqual(['problems'])
    }))

  it('says why it cannot plan', () =>
    inScene(async ({ plans, say }) => {
      plans.names = []
      expect(await say(prepare)).toEqual(['problems'])
    }))

  it('ends after the current step when its window is gone', () =>
    inScene(async ({ plans, digest, sent, service, say, ended }) => {
      await say(prepare)
      await say({ type: 'run', digest, again: false })
      plans.world.at.set('apply a', () => service.close())
      await say({ type: 'go' })
      expect(sent.at(-1)).toEqual({ type: 'finished', outcome: 'stopped' })
      expect([...plans.world.values.keys()]).toEqual(['a'])
      await until(ended)
    }))

  it('ends when nobody has asked for anything for a while, but not while it works', () =>
    inScene(
      async ({ plans, digest, say, ended }) => {
        await say(prepare)
        await say({ type: 'run', digest, again: false })
        const working = Promise.withResolvers<void>()
        plans.world.at.set('apply a', () => working.promise)
        const going = say({ type: 'go' })
        await pause(1500)
        expect(ended()).toBe(false)
        working.resolve()
        await going
        await until(ended)
      },
      { idleMs: 1000 },
    ))

  it('carries out nothing, whatever order messages come in, unless prepared, run and go came in that order', () =>
    inFolder(async (folder) => {
      const digest = planDigest(await new ScriptedPlans(folder).view())
      const messages: readonly WindowMessage[] = [
        prepare,
        { type: 'run', digest, again: false },
        { type: 'run', digest: 'f'.repeat(64), again: true },
        { type: 'go' },
        { type: 'rollback' },
        { type: 'stop' },
        { type: 'prove' },
        { type: 'reopen', stateFolder: '/state', practice: true, journal: 'r1' },
      ]
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(messages.length - 1), { maxLength: 8 }), async (order) => {
          const plans = new ScriptedPlans(`${folder}/${order.join('-')}-${Math.random()}`)
          const service = new WorkerService({
            plans,
            approved: { kind: 'plan', digest },
            send: () => {},
            end: () => {},
          })
          const taken: string[] = []
          for (const at of order) {
            try {
              service.receive(messages[at]!)
              taken.push(messages[at]!.type)
            } catch (error) {
              expect(error).toMatchObject({ problem: { code: 'elevation.protocol' } })
            }
            await pause(5)
          }
          service.close()
          const changed = plans.world.calls.some((call) => call.startsWith('apply'))
          if (changed) expect(taken.join(' ')).toMatch(/prepare .*run .*go/)
        }),
        { numRuns: 60 },
      )
    }))

  it('takes back only the run it was started for', async () => {
    await inFolder(async (folder) => {
      const plans = new ScriptedPlans(folder)
      const approved = { kind: 'journal', journal: 'r1' } as const
      const service = new WorkerService({ plans, approved, send: () => {}, end: () => {} })
      const place = { stateFolder: '/state', practice: true }
      expect(() => service.receive({ type: 'reopen', ...place, journal: 'r2' })).toThrow(MISUNDERSTOOD)
      expect(() => service.receive(prepare)).toThrow(MISUNDERSTOOD)
      service.close()
    })
  })
})

describe('messages to the worker', () => {
  it.each([
    [{ type: 'run', digest: 'A'.repeat(64), again: false }],
    [{ type: 'run', digest: 'a'.repeat(64) }],
    [{ type: 'go', extra: true }],
    [{ type: 'shutdown' }],
    [{ ...prepare, stateFolder: 'a\u0000b' }],
    [{ ...prepare, setup: { ...answers, secrets: { a: 1 } } }],
    [{ type: 'reopen', stateFolder: '/s', practice: false, journal: '../x' }],
    [null],
    ['prepare'],
  ])('are refused as %j', (message) => {
    expect(() => readWindowMessage(message)).toThrow(MISUNDERSTOOD)
  })

  it('never repeat a value when they are refused', () => {
    try {
      readWindowMessage({ ...prepare, setup: { ...answers, secrets: { a: ['Canary-7f3k'] } } })
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify((error as { problem: unknown }).problem)).not.toContain('Canary')
    }
  })
})

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
