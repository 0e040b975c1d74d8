import { expect, it } from 'vitest'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { inspectPlan, viewPlan } from '../../../electron/setup/plan.ts'
import { planned, stepRegistry } from '../../../electron/setup/step.ts'
import { inFolder, planOf, SECRET, steps, switchStep, World } from './fake-steps.ts'

const found = (world: World, ...names: string[]) =>
  inFolder((_, machine) =>
    inspectPlan(planOf(steps(world, ...names)), stepRegistry([switchStep(world)]), machine),
  )

it('says what each step finds, and changes nothing', async () => {
  const world = new World()
  world.values.set('b', 'on').set('c', 'off').set('d', 'theirs')
  expect(Object.fromEntries(await found(world, 'a', 'b', 'c', 'd'))).toEqual({
    a: { state: 'absent', evidence: ['a is not set.'] },
    b: { state: 'as-wanted', evidence: ['b is on.'] },
    c: { state: 'differs', evidence: ['c is off.'] },
    d: { state: 'foreign', evidence: ['d is theirs.'] },
  })
  expect(world.calls).toEqual(['inspect a', 'inspect b', 'inspect c', 'inspect d'])
})

it('announces a step that has to follow a change, and those that follow it in turn', async () => {
  const world = new World()
  world.values.set('b', 'on').set('c', 'on').set('d', 'on')
  const result = await found(world, 'a', 'b<a', 'c<b', 'd')
  expect(result.get('b')).toEqual({
    state: 'differs',
    evidence: ['b is on.', 'Has to follow “Set a”.'],
  })
  expect(result.get('c')).toMatchObject({
    state: 'differs',
    evidence: ['c is on.', 'Has to follow “Set b”.'],
  })
  expect(result.get('d')?.state).toBe('as-wanted')
})

it('leaves a step alone that follows one that is as wanted, and one that others made what it is', async () => {
  const world = new World()
  world.values.set('a', 'on').set('b', 'on').set('d', 'theirs')
  const result = await found(world, 'a', 'b<a', 'c', 'd<c')
  expect(result.get('b')?.state).toBe('as-wanted')
  expect(result.get('d')?.state).toBe('foreign')
})

it('passes on what a step could not find out', () => {
  const world = new World()
  world.fail('inspect a')
  return expect(found(world, 'a')).rejects.toMatchObject({ problem: { code: 'test.fault' } })
})

it('shows what will be done without doing it, and no secret in it', async () => {
  const world = new World()
  const step = switchStep(world)
  const about = { id: 'a', title: `Set it to ${SECRET}`, group: 'files' } as const
  const plan = {
    ...planOf([planned(step, about, { name: 'a', wanted: SECRET })]),
    warnings: [{ code: 'w', what: `Beware of ${SECRET}`, next: 'Look.' }],
    untouched: [`The password ${encodeURIComponent(SECRET)} stays.`],
  }
  const redactor = new Redactor()
  redactor.register(new Secret(SECRET))
  const evidence = new Map([['a', { state: 'differs', evidence: [`It is ${SECRET}.`] } as const]])
  const view = viewPlan(plan, 'p1', stepRegistry([step]), evidence, redactor)
  expect(view).toEqual({
    id: 'p1',
    title: 'Test',
    practice: true,
    elevation: 'none',
    warnings: [{ code: 'w', what: 'Beware of [hidden]', next: 'Look.' }],
    untouched: ['The password [hidden] stays.'],
    steps: [
      {
        id: 'a',
        title: 'Set it to [hidden]',
        group: 'files',
        detail: 'a=[hidden]',
        found: 'differs',
        evidence: ['It is [hidden].'],
        commands: ['set a [hidden]'],
        files: [],
        sql: [],
        notes: [],
      },
    ],
  })
  expect(world.calls).toEqual([])
})

it('takes a step that was not looked at for absent', () => {
  const world = new World()
  const view = viewPlan(
    planOf(steps(world, 'a')),
    'p1',
    stepRegistry([switchStep(world)]),
    new Map(),
    new Redactor(),
  )
  expect(view.steps).toMatchObject([{ found: 'absent', evidence: [] }])
})
