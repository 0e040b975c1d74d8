import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Machine } from '../../../electron/machine/machine.ts'
import { takeBackRun } from '../../../electron/hosts/session/take-back.ts'
import { interruptedRuns, recordedRuns } from '../../../electron/setup/journal.ts'
import { faultyMachine } from '../../doubles/faulty-machine.ts'
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
/** Of the effects of taking back, one in so many. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 4)

let place: ServicePlace
let original: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace()
  original = await standing(place)
}, 180_000)
afterAll(() => place.remove())

/** What `undo` does, in a process that may be ended while it does. */
async function takeBack(machine: Machine) {
  const { session } = new ReplaceLife(place, machine)
  const { journals } = await recordedRuns(session.machine, place.stateFolder)
  const newest = journals.find((journal) => journal.undoEntries().length > 0)!
  return (await takeBackRun(session, newest, () => {})).rollBack()
}

test(
  'killed while a replacement is taken back, it shows as interrupted; the rest is taken back, or the same answers complete',
  async () => {
    await new ReplaceLife(place).replace(replaceAnswers(place))
    const { machine, effects } = faultyMachine(machineOf(place))
    expect(await takeBack(machine)).toBe('undone')
    expect(await standing(place)).toEqual(original)
    expect(effects.length).toBeGreaterThan(20)
    const stopped: number[] = []
    for (let at = 1; at <= effects.length; at += STRIDE) {
      await new ReplaceLife(place).replace(replaceAnswers(place))
      await takeBack(faultyMachine(machineOf(place), { at, how: 'kill' }).machine)
      const { journals } = await interruptedRuns(machineOf(place), place.stateFolder)
      const answers = await signingNow(place).then(
        () => true,
        () => false,
      )
      // Nobody would know otherwise why the service is stopped.
      if (!answers) stopped.push(journals.length)
      if (at % (2 * STRIDE) === 1) {
        const run = await new ReplaceLife(place).run(replaceAnswers(place))
        expect([at, await run.go()]).toEqual([at, expect.stringMatching(/^(done|as-wanted)$/)])
        expect((await signingNow(place)).alg).toBe('ES256')
      }
      while (await undoNewest(place));
      expect(await standing(place), `${at} ${effects[at - 1]}`).toEqual(original)
    }
    expect(stopped.length).toBeGreaterThan(1)
    expect(stopped).toEqual(stopped.map(() => 1))
  },
  TIMEOUT_MS,
)
