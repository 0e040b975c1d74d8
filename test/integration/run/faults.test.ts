// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { Journal, runsFolder } from '../../../electron/setup/journal.ts'
import type { Fault } from '../../doubles/faulty-machine.ts'
import { faultyMachine, Killed } from '../../doubles/faulty-machine.ts'
import { emptyTarget, FILE_STEPS, inPlace, Life, nothing, service, snapshot, type Place } from './file-run.ts'

const absent = { name: 'no folder at all', world: nothing }
const empty = { name: 'an empty target folder', world: emptyTarget }
const there = { name: 'a service', world: service }
/** Each kind of start with each kind of fault that can make a difference to it; all with all would take minutes. */
const failing = [
  { ...absent, when: 'before' },
  { ...empty, when: 'after' },
  { ...there, when: 'before' },
  { ...there, when: 'after' },
] as const

/** Calls back for every n up to the number of effects that a run without faults has. */
async function forEveryEffect(
  world: typeof nothing | typeof service,
  use: (at: number, place: Place) => Promise<void>,
) {
  const all = await inPlace(world, async (place) => {
    const { machine, effects } = faultyMachine(place.windows)
    const run = await new Life(machine, place).run()
    expect(await run.go()).toBe('done')
    return effects.length
  })
  expect(all).toBeGreaterThan(25)
  // A few side by side: most of the time is spent waiting for the disk.
  const numbers = Array.from({ length: all }, (_, index) => index + 1)
  const worker = async () => {
    for (let at = numbers.shift(); at !== undefined; at = numbers.shift()) {
      const now = at
      await inPlace(world, (place) => use(now, place))
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}

/** A life that ends as the fault says. Undefined for one that was killed. */
async function faultyLife(place: Place, fault: Fault) {
  const life = new Life(faultyMachine(place.windows, fault).machine, place)
  try {
    const run = await life.run()
    return { run, outcome: await run.go() }
  } catch (error) {
    if (error instanceof Killed) return undefined
    throw error
  }
}

/** The same answers again in a new process: it ends with everything there, and a look finds it as wanted. */
async function completes(place: Place, hint: string): Promise<void> {
  const run = await new Life(place.windows, place).run()
  expect(await run.go(), hint).toMatch(/^(done|as-wanted)$/)
  const again = new Life(place.windows, place)
  const found = await again.session.inspect(await again.prepare())
  expect([...found.values()].map(({ state }) => state)).toEqual(FILE_STEPS.map(() => 'as-wanted'))
}

/** A new process that takes back what the journal knows. Undefined when there is no journal yet. */
async function rollBack(place: Place) {
  const runs = runsFolder(place.stateFolder)
  const names = await place.windows.files.list(runs)
  // A process that was ended at its first effects leaves a folder without a journal.
  const opened = names.map((name) => Journal.open(place.windows, join(runs, name)).catch(() => undefined))
  // One that was ended at its last effect is complete; the run after it has nothing to take back.
  const journals = (await Promise.all(opened)).filter(
    (journal) => journal && journal.undoEntries().length > 0,
  )
  expect(journals.length).toBeLessThan(2)
  const [continued] = journals
  if (!continued) return undefined
  const life = new Life(place.windows, place)
  const run = await life.session.run(await life.prepare(), () => {}, { continued, recorded: true })
  return run.rollBack()
}

test.each(failing)(
  '$name, effect fails $when it happens: rolled back, all is as it was',
  async ({ world, when }) => {
    await forEveryEffect(world, async (at, place) => {
      const original = await snapshot(place.world)
      const hint = `effect ${at}`
      const life = await faultyLife(place, { at, how: 'fail', when }).catch((error: unknown) =>
        problemOf(error),
      )
      // Before the journal is there nothing happens; behind the last step only the journal's end is missing.
      if ('code' in life!) expect(life.code, hint).toBe('double.made-to-fail')
      else if (life!.outcome === 'failed') expect(await life!.run.rollBack(), hint).toBe('undone')
      else return completes(place, hint)
      expect(await snapshot(place.world), hint).toEqual(original)
    })
  },
)

test.each(failing.slice(1, 2))(
  '$name, effect fails $when it happens: trying the step again completes',
  async ({ world, when }) => {
    await forEveryEffect(world, async (at, place) => {
      const hint = `effect ${at}`
      const life = await faultyLife(place, { at, how: 'fail', when }).catch(() => undefined)
      if (life?.outcome === 'failed') expect(await life.run.go(), hint).toBe('done')
      await completes(place, hint)
    })
  },
)

// Ended behind an effect is ended before the next one: the disk is the same.
test.each([empty, there])(
  '$name, killed before an effect: the journal brings back what was there',
  async ({ world }) => {
    await forEveryEffect(world, async (at, place) => {
      const original = await snapshot(place.world)
      const hint = `effect ${at}`
      await faultyLife(place, { at, how: 'kill' })
      expect([undefined, 'undone'], hint).toContain(await rollBack(place))
      expect(await snapshot(place.world), hint).toEqual(original)
    })
  },
)

test.each([absent, there])(
  '$name, killed before an effect: the same answers complete, and can be taken back',
  async ({ world }) => {
    await forEveryEffect(world, async (at, place) => {
      const original = await snapshot(place.world)
      const hint = `effect ${at}`
      await faultyLife(place, { at, how: 'kill' })
      await completes(place, hint)
      expect([undefined, 'undone'], hint).toContain(await rollBack(place))
      expect(await snapshot(place.world), hint).toEqual(original)
    })
  },
)
