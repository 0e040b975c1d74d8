import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { faultyMachine, Killed, type Fault } from '../../doubles/faulty-machine.ts'
import { machineOf, makeServicePlace, type ServicePlace } from '../replace/service-place.ts'
import {
  addClientOfCreatio,
  ChangeLife,
  changeAnswers,
  clientRows,
  FORMER,
  gets,
  standing,
  undoNewest,
} from './client-place.ts'

/** A machine that is busy with other tests takes several times as long. */
const TIMEOUT_MS = 400_000
/** Everything that writes is tried, and what comes behind it; of what only asks, one in so many. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 24)
const CHANGES =
  /^(?:write|copy|rename|remove|makeFolder) (?!.*[/\\]scratch)|\.exe (?:recycle|start|stop)|^append .*journal/

let place: ServicePlace
let original: Awaited<ReturnType<typeof standing>>
let points: readonly Point[]

interface Point {
  readonly at: number
  readonly effect: string
}

beforeAll(async () => {
  place = await makeServicePlace()
  await addClientOfCreatio(place)
  original = await standing(place)
  points = await pointsOfRun()
}, 180_000)

afterAll(() => place.remove())

/** Planning only reads: what is counted are the effects of carrying out. */
async function pointsOfRun(): Promise<readonly Point[]> {
  const { machine, effects } = faultyMachine(machineOf(place))
  const life = new ChangeLife(place, machine)
  const prepared = await life.prepare(changeAnswers(place))
  const planned = effects.length
  const run = await life.run(changeAnswers(place), prepared)
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  await undoNewest(place)
  return effects.flatMap((effect, index) =>
    index >= planned && (CHANGES.test(effect) || index % STRIDE === 0)
      ? [{ at: index + 1, effect: effect.replaceAll(place.root, '') }]
      : [],
  )
}

/** Neither half of a client nor two: all of the former’s rows, all of the new one’s, or, while the service restarts, none. */
async function rowsAreWhole(): Promise<void> {
  const count = (rows: Awaited<ReturnType<typeof clientRows>>) =>
    Object.fromEntries(Object.entries(rows).map(([table, each]) => [table, each.length]))
  const [now, full] = [count(await clientRows(place)), count(original.rows)]
  const one = { Clients: 1, ClientSecrets: 1 }
  if (now['Clients'] === full['Clients']) expect(now).toEqual(full)
  else for (const [table, rows] of Object.entries(one)) expect(now[table]).toBe(full[table]! - rows)
}

/** Runs with one effect going wrong; rejects where the run could not even begin. */
async function faulty(fault: Fault) {
  const life = new ChangeLife(place, faultyMachine(machineOf(place), fault).machine)
  const run = await life.run(changeAnswers(place))
  return { run, outcome: await run.go() }
}

function notBegun(error: unknown): undefined {
  if (error instanceof Killed || problemOf(error).code === 'double.made-to-fail') return undefined
  throw error
}

/** A new process goes on: by the journal it knows which client was meant. */
async function completes(): Promise<void> {
  const life = new ChangeLife(place)
  const run = await life.run(changeAnswers(place))
  expect([await run.go(), run.view.failure]).toEqual([expect.stringMatching(/^(done|as-wanted)$/), undefined])
  const secret = life.session.vault.get('client.secret')!.open()
  const id = life.events
    .flatMap((event) => (event.type === 'step' ? [event.step.summary ?? ''] : []))
    .map((summary) => /The client (\S+) gets a token|accepts the client (\S+?)\.$/.exec(summary))
    .map((match) => match?.[1] ?? match?.[2])
    .findLast((each) => each !== undefined)
  expect(id).toBeDefined()
  expect([await gets(place, { id: id!, secret }), await gets(place, FORMER)]).toEqual([
    'a token',
    'invalid_client',
  ])
}

/** Only what differs: the whole is long. */
function said(error: unknown): string {
  const { actual, expected } = error as { actual?: unknown; expected?: unknown }
  const differing = (each: unknown, other: unknown) =>
    Object.entries((each ?? {}) as object)
      .filter(
        ([key, value]) => !isDeepStrictEqual(value, (other as Record<string, unknown> | undefined)?.[key]),
      )
      .map(([key, value]) => `${key}: ${aroundDifference(value, (other as Record<string, unknown>)[key])}`)
  return [String(error), ...differing(actual, expected), '--', ...differing(expected, actual)].join('\n')
}

function aroundDifference(value: unknown, other: unknown): string {
  const [a, b] = [JSON.stringify(value) ?? '', JSON.stringify(other) ?? '']
  const at = [...a].findIndex((character, index) => character !== b[index])
  return a.slice(Math.max(0, at - 200), at + 400)
}

/** One point after the other, because they share the service; what went wrong at which. */
async function atEach(use: (point: Point, index: number) => Promise<void>): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [index, point] of points.entries()) {
    try {
      await use(point, index)
      // Killed behind its last line, a run is over: what goes on then is another one.
      while (await undoNewest(place));
      expect(await standing(place)).toEqual(original)
    } catch (error) {
      wrong.push(`${point.at} ${point.effect}\n${said(error)}`)
      await undoNewest(place).catch(() => {})
    }
  }
  return wrong
}

test(
  'killed at any effect: no half client is left; the journal brings back everything, or goes on and completes',
  async () => {
    expect(points.length).toBeGreaterThan(15)
    expect(points.map(({ effect }) => effect)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^write .*client-.*\.json$/),
        expect.stringMatching(/^write .*appsettings\.json$/),
      ]),
    )
    const wrong = await atEach(async ({ at }, index) => {
      await faulty({ at, how: 'kill', when: index % 2 === 0 ? 'before' : 'after' }).catch(notBegun)
      await rowsAreWhole()
      if (index % 3 === 0) await completes()
    })
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'when any effect fails, no half client is left; the run is taken back, or goes on and completes',
  async () => {
    const outcomes = new Set<string>()
    const wrong = await atEach(async ({ at }, index) => {
      const ran = await faulty({ at, how: 'fail' }).catch(notBegun)
      await rowsAreWhole()
      if (!ran) return
      outcomes.add(ran.outcome)
      if (ran.outcome === 'failed' && index % 2 === 0) {
        expect([await ran.run.go(), ran.run.view.failure]).toEqual(['done', undefined])
        expect(await gets(place, FORMER)).toBe('invalid_client')
      }
    })
    expect(wrong).toEqual([])
    expect(outcomes).toContain('failed')
  },
  TIMEOUT_MS,
)
