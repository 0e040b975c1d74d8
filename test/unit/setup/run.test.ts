import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { Journal } from '../../../electron/setup/journal.ts'
import { DiagnosedError } from '../../../electron/setup/step.ts'
import { faultyMachine } from '../../doubles/faulty-machine.ts'
import { inFolder, SECRET, startRun, statesOf, World } from './fake-steps.ts'

const types = (journal: Journal) => journal.lines.map(({ type }) => type).join(' ')
const acts = ({ calls }: World) => calls.filter((call) => call.startsWith('apply'))
const fractions = (events: readonly RunEvent[]) =>
  events.flatMap((event) => ('fraction' in event ? [event.fraction] : []))

describe('going', () => {
  it('looks, acts and proves, one step after the other, and writes the journal around it', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal, events } = await startRun(machine, folder, world, ['a', 'b'])
      expect(await run.go()).toBe('done')
      expect(world.calls.join(', ')).toBe('inspect a, apply a, verify a, inspect b, apply b, verify b')
      expect(types(journal)).toBe('run begin undo wrote done begin undo wrote done end')
      expect(run.view).toMatchObject({ id: 'r1', status: 'done', fraction: 1, undoFailures: [] })
      expect(run.view.failure).toBeUndefined()
      expect(run.view.log.map(({ text }) => text)).toContain('verified: a is on.')
      expect(run.writtenFiles.map(({ path }) => path)).toEqual(['/a', '/b'])
      expect(events[0]?.type).toBe('run-started')
      expect(events.at(-1)).toMatchObject({ type: 'run-finished', run: 'r1', outcome: 'done' })
    }))

  it('puts on disk how to take an effect back before the effect happens', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal } = await startRun(machine, folder, world, ['a'])
      let onDisk = ''
      world.at.set('apply a', async () => {
        onDisk = await readFile(join(journal.folder, 'journal.jsonl'), 'utf8')
      })
      await run.go()
      expect(JSON.parse(onDisk.trimEnd().split('\n').at(-1)!)).toEqual({
        type: 'undo',
        step: 'a',
        kind: 'switch',
        record: { name: 'a', former: null },
      })
    }))

  it('changes nothing where everything is as wanted', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('a', 'on').set('b', 'on')
      const { run, journal } = await startRun(machine, folder, world, ['a', 'b<a'])
      expect(await run.go()).toBe('as-wanted')
      expect(world.calls).toEqual(['inspect a', 'inspect b'])
      expect(types(journal)).toBe('run end')
      expect(run.view.steps[0]).toMatchObject({ state: 'as-wanted', summary: 'a is on.' })
      expect(run.view.fraction).toBe(1)
    }))

  it('believes what was found a moment ago only until something is changed', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('a', 'on').set('c', 'on')
      const asWanted = { state: 'as-wanted', evidence: ['Seen before.'] } as const
      const found = new Map([
        ['a', asWanted],
        ['c', asWanted],
      ])
      const { run } = await startRun(machine, folder, world, ['a', 'b', 'c'], { found })
      expect(await run.go()).toBe('done')
      expect(world.calls.join(', ')).toBe('inspect b, apply b, verify b, inspect c')
    }))

  it('refuses what somebody else made, and leaves it', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('b', 'theirs')
      const { run } = await startRun(machine, folder, world, ['a', 'b', 'c'])
      expect(await run.go()).toBe('failed')
      expect(world.calls).not.toContain('apply b')
      expect(world.values.get('b')).toBe('theirs')
      expect(statesOf(run)).toBe('a done, b failed, c waiting')
      expect(run.view.failure).toMatchObject({
        step: 'b',
        title: 'Set b',
        problem: { code: 'step.foreign', cause: 'b is theirs.', where: { step: 'b' } },
      })
    }))

  it('does again what has to follow a change, although it is as wanted itself', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('b', 'on').set('c', 'on').set('d', 'on')
      const { run } = await startRun(machine, folder, world, ['a', 'b<a', 'c<b', 'd'])
      expect(await run.go()).toBe('done')
      expect(statesOf(run)).toBe('a done, b done, c done, d as-wanted')
    }))

  it('stops after the step that is running, and goes on from there', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal } = await startRun(machine, folder, world, ['a', 'b', 'c'])
      world.at.set('apply a', () => {
        run.stop()
        expect(run.view.status).toBe('stopping')
      })
      expect(await run.go()).toBe('stopped')
      expect(statesOf(run)).toBe('a done, b waiting, c waiting')
      expect(run.view.fraction).toBeLessThan(1)
      expect(journal.interrupted).toBe(true)
      world.calls.length = 0
      expect(await run.go()).toBe('done')
      expect(acts(world)).toEqual(['apply b', 'apply c'])
      expect(journal.interrupted).toBe(false)
    }))
})

describe('failing', () => {
  it('leaves everything, and begins again at the step that failed', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal, events } = await startRun(machine, folder, world, ['a', 'b', 'c'])
      world.fail('apply b')
      expect(await run.go()).toBe('failed')
      expect(statesOf(run)).toBe('a done, b failed, c waiting')
      expect(world.values.get('a')).toBe('on')
      expect(journal.outcome).toBe('failed')
      expect(events.filter(({ type }) => type === 'failure')).toMatchObject([
        { undoing: false, failure: { step: 'b', problem: { code: 'test.fault' } } },
      ])
      world.at.clear()
      world.calls.length = 0
      expect(await run.go()).toBe('done')
      expect(acts(world)).toEqual(['apply b', 'apply c'])
      expect(run.view.failure).toBeUndefined()
    }))

  it('does again what went away while it stood still, and what has to follow it', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run } = await startRun(machine, folder, world, ['a', 'b<a', 'c', 'd'])
      world.fail('apply d')
      await run.go()
      world.values.delete('a')
      world.at.clear()
      world.calls.length = 0
      expect(await run.go()).toBe('done')
      expect(acts(world)).toEqual(['apply a', 'apply b', 'apply d'])
    }))

  it('does not take a step for done that cannot be proven', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run } = await startRun(machine, folder, world, ['a'])
      world.fail('verify a', new Error('not there after all'))
      expect(await run.go()).toBe('failed')
      expect(run.view.failure?.problem).toMatchObject({
        code: 'unexpected',
        details: ['not there after all'],
      })
    }))

  it('carries the cause that the evidence told', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run } = await startRun(machine, folder, world, ['a'])
      const diagnosis = {
        id: 'port.in-use',
        cause: `Another program listens, said ${SECRET}.`,
        remedy: { text: 'Stop it.' },
        evidence: [],
      }
      world.fail('apply a', new DiagnosedError({ code: 'c', what: 'It ended.', next: 'Look.' }, diagnosis))
      await run.go()
      expect(run.view.failure?.diagnosis).toEqual({
        ...diagnosis,
        cause: 'Another program listens, said [hidden].',
      })
    }))

  it('does nothing that it could not take back, when the journal cannot be written', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      // The head of the journal is its folder and its first line; `begin` is the third effect, `undo` the fourth.
      const faulty = faultyMachine(machine, { at: 4, how: 'fail' })
      const { run } = await startRun(faulty.machine, folder, world, ['a'])
      expect(await run.go()).toBe('failed')
      expect(world.calls).toEqual(['inspect a'])
      expect(world.values.size).toBe(0)
    }))

  it('tells that the journal cannot be written, and still ends', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const faulty = faultyMachine(machine, { at: 4, how: 'kill' })
      const { run } = await startRun(faulty.machine, folder, world, ['a'])
      expect(await run.go()).toBe('failed')
      expect(
        run.view.log.filter(({ text }) => text.startsWith('The journal could not be written')),
      ).toHaveLength(2)
      expect(run.view.status).toBe('failed')
    }))

  it.each(['before', 'after'] as const)(
    'can be resumed and taken back when a journal line fails %s it is written',
    (when) =>
      inFolder(async (folder, machine) => {
        for (let at = 3; at <= 7; at++) {
          const world = new World()
          const faulty = faultyMachine(machine, { at, how: 'fail', when })
          const { run, journal } = await startRun(faulty.machine, join(folder, String(at)), world, ['a'])
          expect(await run.go()).toBe(at === 7 ? 'done' : 'failed')
          if (at < 7) expect(await run.go()).toBe('done')
          expect(world.values.get('a')).toBe('on')
          const later = await Journal.open(machine, journal.folder)
          expect(later.head.id).toBe('r1')
          expect(await run.rollBack()).toBe('undone')
          expect(world.values.has('a')).toBe(false)
        }
      }),
  )
})

describe('going on in another process', () => {
  it('does what had to follow a change of the process that ended', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('b', 'on')
      const first = await startRun(machine, folder, world, ['a', 'b<a'])
      world.at.set('apply a', () => first.run.stop())
      expect(await first.run.go()).toBe('stopped')
      world.at.clear()
      world.calls.length = 0
      const journal = await Journal.open(machine, first.journal.folder)
      const second = await startRun(machine, folder, world, ['a', 'b<a'], { journal })
      expect(await second.run.go()).toBe('done')
      expect(statesOf(second.run)).toBe('a as-wanted, b done')
    }))

  it('does not do it twice', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const first = await startRun(machine, folder, world, ['a', 'b<a', 'c'])
      world.fail('apply c')
      expect(await first.run.go()).toBe('failed')
      world.at.clear()
      const journal = await Journal.open(machine, first.journal.folder)
      const second = await startRun(machine, folder, world, ['a', 'b<a', 'c'], { journal })
      expect(await second.run.go()).toBe('done')
      expect(statesOf(second.run)).toBe('a as-wanted, b as-wanted, c done')
      expect(second.run.writtenFiles.map(({ path }) => path)).toEqual(['/a', '/b', '/c'])
    }))
})

describe('the bar', () => {
  it('never falls, and reaches its end only at the end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.double({ min: -1, max: 2, noNaN: false }), { maxLength: 5 }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.option(fc.nat(3)),
        async (progress, failing) =>
          inFolder(async (folder, machine) => {
            const world = new World()
            const names = progress.map((_, at) => `s${at}`)
            for (const [at, name] of names.entries())
              world.at.set(`apply ${name}`, (context) => {
                for (const fraction of progress[at]!) context.progress(fraction, 'going')
                if (at === failing) throw new Error('made to fail')
              })
            const { run, events } = await startRun(machine, folder, world, names)
            const outcome = await run.go()
            world.at.clear()
            if (outcome === 'failed') await run.go()
            const bar = fractions(events)
            expect(bar.toSorted((a, b) => a - b)).toEqual(bar)
            expect(Math.max(...bar)).toBeLessThan(1)
            expect(run.view.fraction).toBe(1)
          }),
      ),
      { numRuns: 25 },
    ))
})

describe('rolling back', () => {
  it('takes back in reverse order what was done, to what was there', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      world.values.set('a', 'off')
      const { run, journal } = await startRun(machine, folder, world, ['a', 'b', 'c'])
      world.fail('apply c')
      await run.go()
      world.calls.length = 0
      expect(await run.rollBack()).toBe('undone')
      expect(world.calls).toEqual(['undo c', 'undo b', 'undo a'])
      expect(Object.fromEntries(world.values)).toEqual({ a: 'off' })
      expect(statesOf(run)).toBe('a undone, b undone, c undone')
      expect(run.view).toMatchObject({ status: 'undone', failure: { step: 'c' } })
      expect(journal.undoEntries()).toEqual([])
      expect(journal.interrupted).toBe(false)
    }))

  it('goes on past what cannot be taken back, and retries only that', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal, events } = await startRun(machine, folder, world, ['a', 'b', 'c'])
      world.fail('verify c', new Error('first failure'))
      await run.go()
      world.fail('undo b', new Error('second failure'))
      expect(await run.rollBack()).toBe('undo-failed')
      expect(statesOf(run)).toBe('a undone, b undo-failed, c undone')
      expect(Object.fromEntries(world.values)).toEqual({ b: 'on' })
      expect(run.view.failure).toMatchObject({ step: 'c', problem: { details: ['first failure'] } })
      expect(run.view.undoFailures).toMatchObject([
        { step: 'b', title: 'Set b', problem: { details: ['second failure'] } },
      ])
      expect(events.findLast(({ type }) => type === 'failure')).toMatchObject({ undoing: true })
      expect(journal.interrupted).toBe(true)
      world.at.clear()
      world.calls.length = 0
      expect(await run.rollBack()).toBe('undone')
      expect(world.calls).toEqual(['undo b'])
      expect(run.view.undoFailures).toEqual([])
      expect(run.view.failure?.step).toBe('c')
    }))

  it('tells of a step that this version does not know, and takes back the rest', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const first = await startRun(machine, folder, world, ['a'])
      await first.run.go()
      await appendFile(
        join(first.journal.folder, 'journal.jsonl'),
        '{"type":"undo","step":"z","kind":"of-tomorrow","record":{}}\n',
      )
      const journal = await Journal.open(machine, first.journal.folder)
      const { run } = await startRun(machine, folder, world, ['a'], { journal })
      expect(await run.rollBack()).toBe('undo-failed')
      expect(run.view.undoFailures).toMatchObject([{ step: 'z', problem: { code: 'journal.unknown-step' } }])
      expect(world.values.size).toBe(0)
    }))

  it('can be gone on with from the beginning', () =>
    inFolder(async (folder, machine) => {
      const world = new World()
      const { run, journal } = await startRun(machine, folder, world, ['a', 'b'])
      await run.go()
      await run.rollBack()
      expect(await run.go()).toBe('done')
      expect(Object.fromEntries(world.values)).toEqual({ a: 'on', b: 'on' })
      expect(journal.undoEntries().map(({ step }) => step)).toEqual(['b', 'a'])
    }))
})

it('lets no secret into an event, the log, the view or the journal', () =>
  inFolder(async (folder, machine) => {
    const world = new World()
    const { run, journal, events } = await startRun(machine, folder, world, ['a', 'b'])
    const encoded = [SECRET, JSON.stringify(SECRET), encodeURIComponent(SECRET), btoa('x')]
    world.at.set('apply a', (context) => {
      for (const text of encoded) {
        context.log(`said ${text}`)
        context.progress(0.5, `at ${text}`)
      }
    })
    const problem = { code: 'c', what: `W ${SECRET}`, cause: SECRET, next: 'N', details: encoded }
    world.fail('apply b', new SetupError(problem))
    await run.go()
    world.fail('undo b', new Error(`no: ${SECRET}`))
    await run.rollBack()
    const everything = JSON.stringify([events, run.view, journal.lines])
    expect(everything).toContain('[hidden]')
    expect(everything).not.toMatch(/7f3k/)
    expect(await readFile(join(journal.folder, 'journal.jsonl'), 'utf8')).not.toMatch(/7f3k/)
  }))
