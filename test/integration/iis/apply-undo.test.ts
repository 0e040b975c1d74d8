// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setRights } from '../../../electron/windows/rights.ts'
import { emptyTarget, nothing, service } from '../run/file-run.ts'
import { put, takeOverOf, type Foreign } from './foreign.ts'
import { everything, iisAnswers, IisLife, inIisPlace, machineIn, type IisPlace } from './iis-place.ts'
import { HTTP, websiteOf, wishes } from './website-answers.ts'

const runState = fc.constantFrom('Started' as const, 'Stopped' as const)
const foreign: fc.Arbitrary<Foreign> = fc.record(
  {
    pool: fc.record({
      state: runState,
      settings: fc.constantFrom(
        {},
        { managedRuntimeVersion: 'v2.0', autoStart: 'false', 'processModel.idleTimeout': '00:00:00' },
        { enable32BitAppOnWin64: 'true', managedPipelineMode: 'Classic', queueLength: '4711' },
        { startMode: 'AlwaysRunning', 'recycling.periodicRestart.time': '00:00:00' },
      ),
    }),
    site: fc.record({
      state: runState,
      bindings: fc.constantFrom(
        ['http/*:18091:'],
        [`http/*:${HTTP}:`, 'http/*:18091:theirs.example'],
        // The order of bindings is brought back among those of the web only: between protocols it has no meaning.
        ['net.tcp/808:*', 'http/*:18091:theirs.example', 'https/*:18092:'],
      ),
    }),
    certificate: fc.record({ store: fc.constantFrom(null, 'MY') }),
  },
  { requiredKeys: [] },
)

/** Rights that somebody has given by hand, on a folder and on files that a setup replaces. */
async function ownRights(place: IisPlace): Promise<void> {
  const machine = machineIn(place)
  const grants = [
    { sid: 'S-1-5-32-544', name: 'Administrators', rights: 'F' as const },
    { sid: 'S-1-5-32-551', name: 'Backup Operators', rights: 'R' as const },
  ]
  for (const [path, kind, exact] of [
    [place.target, 'folder', false],
    [join(place.target, 'appsettings.json'), 'file', true],
    [join(place.target, 'openssl.pfx'), 'file', false],
  ] as const)
    if (await machine.files.info(path)) await setRights(machine, { path, kind, exact, grants }, place.root)
}

async function applyAndUndo(place: IisPlace, answers: ReturnType<typeof iisAnswers>): Promise<void> {
  const before = await everything(place)
  const run = await new IisLife(machineIn(place), place).run(answers)
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  expect(await everything(place)).not.toEqual(before)
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
  expect(await everything(place)).toEqual(before)
}

const world = fc.constantFrom(nothing, emptyTarget, service)

test('what is set up beside or in the place of what others made, and taken back, leaves no byte changed', async () => {
  await fc.assert(
    fc.asyncProperty(world, wishes, foreign, async (prepareWorld, wish, theirs) => {
      await inIisPlace(prepareWorld, { adjust: (state) => put(state, theirs, wish) }, async (place) => {
        await ownRights(place)
        const takeOver = takeOverOf(theirs, wish)
        await applyAndUndo(place, iisAnswers(place, { ...websiteOf(place, wish), takeOver }))
      })
    }),
    { numRuns: 12 },
  )
}, 180_000)

test('an earlier installation of this program that is changed, and taken back, is the earlier one', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, wishes, async (first, second) => {
      await inIisPlace(emptyTarget, {}, async (place) => {
        const earlier = await new IisLife(machineIn(place), place).run(
          iisAnswers(place, websiteOf(place, first)),
        )
        expect([await earlier.go(), earlier.view.failure]).toEqual(['done', undefined])
        const { site } = websiteOf(place, first)
        const changed = { ...websiteOf(place, second), site: site!, pool: second.pool }
        await applyAndUndo(place, iisAnswers(place, changed))
      })
    }),
    { numRuns: 8 },
  )
}, 180_000)

test('without a word that it may be changed, what others made stops the run, and no byte of it is changed', async () => {
  const something = foreign.filter((theirs) => Object.keys(theirs).length > 0)
  await fc.assert(
    fc.asyncProperty(wishes, something, async (wish, theirs) => {
      // A certificate is in the way of HTTPS only.
      fc.pre(theirs.pool !== undefined || theirs.site !== undefined || wish.certificate !== 'none')
      await inIisPlace(nothing, { adjust: (state) => put(state, theirs, wish) }, async (place) => {
        const before = await everything(place)
        const run = await new IisLife(machineIn(place), place).run(iisAnswers(place, websiteOf(place, wish)))
        expect(await run.go()).toBe('failed')
        expect(run.view.failure!.problem.code).toBe('step.foreign')
        expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
        expect(await everything(place)).toEqual(before)
      })
    }),
    { numRuns: 8 },
  )
}, 180_000)
