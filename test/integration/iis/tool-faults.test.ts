// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { expect, test } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { faultyTools, TOOL_FAULTS, type ToolFault } from '../../doubles/faulty-tools.ts'
import { fullAnswers, inFullPlace, isComplete, isWrite, sideBySide } from './every-call.ts'
import { everything, IisLife, machineIn, type IisPlace } from './iis-place.ts'

interface Case {
  readonly at: number
  readonly how: ToolFault
  readonly call: string
}

/** One in so many of the calls that only read; those that write are tried all. */
const STRIDE = Number(process.env['FAULT_STRIDE'] ?? 6)
/** How many ways of going wrong are tried at each call; which ones goes round. */
const WAYS = Number(process.env['FAULT_WAYS'] ?? 2)

async function cases(): Promise<Case[]> {
  return inFullPlace(async (place) => {
    const { machine, calls } = faultyTools(machineIn(place), place.server)
    const run = await new IisLife(machine, place).run(fullAnswers(place))
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
    expect(calls.filter(isWrite).length).toBeGreaterThan(25)
    return calls.flatMap((call, index) => {
      if (!isWrite(call) && index % STRIDE !== 0) return []
      const first = index * WAYS
      return Array.from({ length: WAYS }, (_, way) => ({
        at: index + 1,
        how: TOOL_FAULTS[(first + way) % TOOL_FAULTS.length]!,
        call,
      }))
    })
  })
}

/** A run on which one call goes wrong; the code of the problem when it did not even begin. */
async function faultyRun(place: IisPlace, { at, how }: Case) {
  const { machine } = faultyTools(machineIn(place), place.server, { at, how })
  const life = new IisLife(machine, place)
  const made = await life.tryToPrepare(fullAnswers(place))
  if ('problems' in made) return undefined
  return life.run(fullAnswers(place), made.prepared)
}

test('whatever tool goes wrong, the run can be taken back to the last byte, or it goes on and completes', async () => {
  const all = await cases()
  const wrong: string[] = []
  const outcomes: Record<string, number> = {}
  await sideBySide(all, async (each) => {
    await inFullPlace(async (place) => {
      const hint = `${each.at} ${each.how}: ${each.call.slice(0, 100)}`
      const say = (what: unknown) => wrong.push(`${hint}\n${JSON.stringify(what)}`)
      const original = await everything(place)
      const same = async () => expect(await everything(place), hint).toEqual(original)
      try {
        const run = await faultyRun(place, each)
        const outcome = (await run?.go()) ?? 'not begun'
        outcomes[`${each.how} ${outcome}`] = (outcomes[`${each.how} ${outcome}`] ?? 0) + 1
        if (run === undefined) return await same()
        // Reading back showed what was wanted: completion is right.
        if (outcome === 'done') expect(await isComplete(place), hint).toBe(true)
        else expect(run.view.failure!.problem, hint).toMatchObject({ next: expect.stringMatching(/^[A-Z]/) })
        if (outcome === 'failed' && each.at % 2 === 0) {
          expect([await run.go(), run.view.failure?.problem], hint).toEqual(['done', undefined])
          expect(await isComplete(place), hint).toBe(true)
        }
        expect([await run.rollBack(), run.view.undoFailures], hint).toEqual(['undone', []])
        await same()
      } catch (error) {
        say(error instanceof Error ? error.message.slice(0, 1500) : problemOf(error))
      }
    })
  })
  expect(wrong).toEqual([])
  // A late answer is an answer; a tool that does nothing is noticed.
  expect(outcomes['late failed']).toBeUndefined()
  expect(outcomes['hang failed']).toBeGreaterThan(5)
}, 300_000)
