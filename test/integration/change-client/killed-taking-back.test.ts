import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeBackRun } from '../../../electron/hosts/session/take-back.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { interruptedRuns, recordedRuns } from '../../../electron/setup/journal.ts'
import { faultyMachine } from '../../doubles/faulty-machine.ts'
import { machineOf, makeServicePlace, type ServicePlace } from '../replace/service-place.ts'
import { addClientOfCreatio, ChangeLife, changeAnswers, FORMER, gets, standing, undoNewest } from './client-place.ts' // prettier-ignore

/** A machine that is busy with other tests takes several times as long. */
const TIMEOUT_MS = 400_000
/** Of the effects of taking back, one in so many. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 5)

let place: ServicePlace
let original: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace()
  await addClientOfCreatio(place)
  original = await standing(place)
}, 180_000)
afterAll(() => place.remove())

/** What `undo` does, in a process that may be ended while it does. */
async function takeBack(machine: Machine) {
  const { session } = new ChangeLife(place, machine)
  const { journals } = await recordedRuns(session.machine, place.stateFolder)
  const newest = journals.find((journal) => journal.undoEntries().length > 0)!
  return (await takeBackRun(session, newest, () => {})).rollBack()
}

test(
  'killed while a change is taken back, it shows as interrupted; the rest is taken back, or the same answers complete',
  async () => {
    await new ChangeLife(place).change(changeAnswers(place))
    const { machine, effects } = faultyMachine(machineOf(place))
    expect(await takeBack(machine)).toBe('undone')
    expect(await standing(place)).toEqual(original)
    expect(effects.length).toBeGreaterThan(20)
    for (let at = 1; at <= effects.length; at += STRIDE) {
      const where = `${at} ${effects[at - 1]}`
      await new ChangeLife(place).change(changeAnswers(place))
      await takeBack(faultyMachine(machineOf(place), { at, how: 'kill' }).machine)
      const [interrupted] = (await interruptedRuns(machineOf(place), place.stateFolder)).journals
      if (interrupted) expect(interrupted.undoEntries(), where).not.toEqual([])
      if (at % (2 * STRIDE) === 1) {
        const run = await new ChangeLife(place).run(changeAnswers(place))
        expect([where, await run.go(), run.view.failure]).toEqual([
          where,
          expect.stringMatching(/^(done|as-wanted)$/),
          undefined,
        ])
        expect(await gets(place, FORMER), where).toBe('invalid_client')
      }
      while (await undoNewest(place));
      expect(await standing(place), where).toEqual(original)
    }
  },
  TIMEOUT_MS,
)
