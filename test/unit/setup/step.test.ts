import { expect, it } from 'vitest'
import { planned, stepRegistry } from '../../../electron/setup/step.ts'
import { switchStep, World } from './fake-steps.ts'

it('finds a step by its kind', () => {
  const step = switchStep(new World())
  expect(stepRegistry([step]).find('switch')).toBe(step)
})

it.each(['of-tomorrow', '', 'constructor', '__proto__'])('refuses the unknown kind “%s”', (kind) => {
  expect(() => stepRegistry([switchStep(new World())]).find(kind)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'journal.unknown-step',
        what: expect.stringContaining(`“${kind}”`),
      }),
    }),
  )
})

it('plans a step with a weight of one that follows nothing, unless told otherwise', () => {
  const step = switchStep(new World())
  const input = { name: 'a', wanted: 'on' }
  const about = { id: 'a', title: 'Set a', group: 'files' } as const
  expect(planned(step, about, input)).toEqual({ ...about, kind: 'switch', weight: 1, follows: [], input })
  expect(planned(step, { ...about, weight: 5, follows: ['b'] }, input)).toMatchObject({
    weight: 5,
    follows: ['b'],
  })
})
