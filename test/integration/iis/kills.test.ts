// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { expect, test } from 'vitest'
import { faultyMachine, Killed } from '../../doubles/faulty-machine.ts'
import { fullAnswers, inFullPlace, isComplete, sideBySide, takeBackRun } from './every-call.ts'
import { everything, IisLife, machineIn, type IisPlace } from './iis-place.ts'

/** A machine that is busy with other tests takes several times as long. */
const TIMEOUT_MS = 300_000
/** One in so many of the effects; all calls of tools that write are tried, and what comes behind each. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 8)
const WRITES = /appcmd\.exe (?:add|set|delete|start|stop|clear|recycle)|powershell\.exe|netsh\.exe|\brename /

async function effectsOfRun(): Promise<readonly string[]> {
  return inFullPlace(async (place) => {
    const { machine, effects } = faultyMachine(machineIn(place))
    const run = await new IisLife(machine, place).run(fullAnswers(place))
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
    return [...effects]
  })
}

/** A process that ends at one effect. */
async function killedLife(place: IisPlace, at: number): Promise<void> {
  const life = new IisLife(faultyMachine(machineIn(place), { at, how: 'kill' }).machine, place)
  try {
    const run = await life.run(fullAnswers(place))
    await run.go()
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

// Ended behind an effect is ended before the next one: disk and server are the same.
test(
  'killed before an effect: the journal brings back everything, or the same answers complete and can be taken back',
  async () => {
    const effects = await effectsOfRun()
    const counts = (index: number) =>
      WRITES.test(effects[index] ?? '') || WRITES.test(effects[index - 1] ?? '')
    const chosen = effects.flatMap((effect, index) =>
      counts(index) || index % STRIDE === 0 ? [{ at: index + 1, effect }] : [],
    )
    expect(chosen.length).toBeGreaterThan(50)
    const wrong: string[] = []
    await sideBySide(chosen, ({ at, effect }) =>
      inFullPlace(async (place) => {
        const hint = `${at} ${effect.replaceAll(place.root, '')}`
        const original = await everything(place)
        try {
          await killedLife(place, at)
          if (at % 2 === 0) {
            const run = await new IisLife(machineIn(place), place).run(fullAnswers(place))
            expect([await run.go(), run.view.failure]).toEqual([
              expect.stringMatching(/^(done|as-wanted)$/),
              undefined,
            ])
            expect(await isComplete(place)).toBe(true)
          }
          const back = await takeBackRun(place)
          if (back) expect([await back.rollBack(), back.view.undoFailures]).toEqual(['undone', []])
          expect(await everything(place)).toEqual(original)
        } catch (error) {
          wrong.push(`${hint}\n${String(error).slice(0, 2000)}`)
        }
      }),
    )
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)
