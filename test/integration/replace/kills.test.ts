import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPfx } from '../../../electron/certificate/read.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { faultyMachine, Killed, type Fault } from '../../doubles/faulty-machine.ts'
import {
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  signingNow,
  standing,
  undoNewest,
  type ServicePlace,
} from './service-place.ts'

/** A machine that is busy with other tests takes several times as long. */
const TIMEOUT_MS = 400_000
/** Everything that writes is tried, and what comes behind it; of what only asks, one in so many. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 12)
const WRITES = /^(?:write|writeStream|copy|rename|remove|removeFolder|makeFolder) (?!.*[/\\]scratch)/
const CHANGES = /\.exe (?:recycle|start|stop)|journal/

let place: ServicePlace
let original: Awaited<ReturnType<typeof standing>>
let former: Buffer
let points: readonly Point[]

interface Point {
  readonly at: number
  readonly effect: string
}

const answers = () => replaceAnswers(place, undefined, {})

beforeAll(async () => {
  place = await makeServicePlace()
  original = await standing(place)
  former = await readFile(place.pfx)
  points = await pointsOfRun()
}, 180_000)

afterAll(() => place.remove())

/** Planning only reads: what is counted are the effects of carrying out. */
async function pointsOfRun(): Promise<readonly Point[]> {
  const { machine, effects } = faultyMachine(machineOf(place))
  const life = new ReplaceLife(place, machine)
  const prepared = await life.prepare(answers())
  const planned = effects.length
  const run = await life.run(answers(), prepared)
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  await undoNewest(place)
  const isChange = (index: number) => WRITES.test(effects[index] ?? '') || CHANGES.test(effects[index] ?? '')
  return effects.flatMap((effect, index) =>
    index >= planned && (isChange(index) || isChange(index - 1) || index % STRIDE === 0)
      ? [{ at: index + 1, effect: effect.replaceAll(place.root, '') }]
      : [],
  )
}

/** Neither absent nor in parts: the former one, or another that the service can sign with. */
async function pfxIsWhole(): Promise<void> {
  const bytes = await readFile(place.pfx)
  if (bytes.equals(former)) return
  const { facts, problems } = await readPfx(bytes)
  expect(problems).toEqual([])
  expect(facts).toMatchObject({ hasPrivateKey: true, subject: 'CN=Replaced' })
}

/** Runs with one effect going wrong; rejects where the run could not even begin. */
async function faulty(fault: Fault) {
  const life = new ReplaceLife(place, faultyMachine(machineOf(place), fault).machine)
  const run = await life.run(answers())
  return { run, outcome: await run.go() }
}

function notBegun(error: unknown): undefined {
  if (error instanceof Killed || problemOf(error).code === 'double.made-to-fail') return undefined
  throw error
}

async function completes(): Promise<void> {
  const run = await new ReplaceLife(place).run(answers())
  expect([await run.go(), run.view.failure]).toEqual([expect.stringMatching(/^(done|as-wanted)$/), undefined])
  expect((await signingNow(place)).alg).toBe('ES256')
}

/** What differs is told by the assertion, not by its message. */
function said(error: unknown): string {
  const { actual, expected } = error as { actual?: unknown; expected?: unknown }
  return `${String(error)}\n${JSON.stringify({ actual, expected })}`
}

/** One point after the other, because they share the service; what went wrong at which. */
async function atEach(
  some: readonly Point[],
  use: (point: Point, index: number) => Promise<void>,
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [index, point] of some.entries()) {
    try {
      await use(point, index)
      expect(await standing(place)).toEqual(original)
    } catch (error) {
      wrong.push(`${point.at} ${point.effect}\n${said(error).slice(0, 1500)}`)
      await undoNewest(place).catch(() => {})
    }
  }
  return wrong
}

test(
  'killed before any effect, the PFX is whole; the journal brings back everything, or the same answers complete',
  async () => {
    expect(points.length).toBeGreaterThan(30)
    expect(points.map(({ effect }) => effect)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^write .*openssl\.pfx$/)]),
    )
    const wrong = await atEach(points, async ({ at }, index) => {
      await faulty({ at, how: 'kill' }).catch(notBegun)
      await pfxIsWhole()
      if (index % 4 === 0) await completes()
      await undoNewest(place)
    })
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'when any effect fails, the PFX is whole; the run is taken back, or goes on and completes',
  async () => {
    const outcomes = new Set<string>()
    // Every second one: failing behind an effect is much like failing before the next.
    const some = points.filter((_, index) => index % 2 === 0)
    const wrong = await atEach(some, async ({ at }, index) => {
      const when = index % 2 === 0 ? 'before' : 'after'
      const begun = await faulty({ at, how: 'fail', when }).catch(notBegun)
      await pfxIsWhole()
      if (!begun) return
      const { run, outcome } = begun
      outcomes.add(outcome)
      if (outcome === 'failed' && index % 4 === 1)
        expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
      expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    })
    expect(wrong).toEqual([])
    expect(outcomes).toContain('failed')
  },
  TIMEOUT_MS,
)
