import { expect, it } from 'vitest'
import type { Machine } from '../../../electron/machine/machine.ts'
import { type Fault, faultyMachine, Killed } from '../../doubles/faulty-machine.ts'

/** Writes to `done` what really happened. */
function recording(done: string[]): Machine {
  const note = (name: string) => async (first: unknown) => void done.push(`${name} ${String(first)}`)
  const files = { write: note('write'), remove: note('remove'), read: async () => undefined }
  return { files, processes: {} } as unknown as Machine
}

async function threeEffects(fault?: Fault) {
  const done: string[] = []
  const { machine, effects } = faultyMachine(recording(done), fault)
  const outcomes = []
  for (const effect of [
    () => machine.files.write('a', ''),
    () => machine.files.read('x'),
    () => machine.files.remove('b'),
    () => machine.files.write('c', ''),
  ])
    outcomes.push(
      await effect().then(
        () => 'ok',
        (error: unknown) => (error instanceof Killed ? 'killed' : 'failed'),
      ),
    )
  return { done, effects, outcomes }
}

it('counts effects and lets reading be', async () => {
  expect(await threeEffects()).toEqual({
    done: ['write a', 'remove b', 'write c'],
    effects: ['write a', 'remove b', 'write c'],
    outcomes: ['ok', 'ok', 'ok', 'ok'],
  })
})

it('fails one effect, before or after it happened, and goes on', async () => {
  const before = await threeEffects({ at: 2, how: 'fail' })
  expect(before).toMatchObject({ done: ['write a', 'write c'], outcomes: ['ok', 'ok', 'failed', 'ok'] })
  const after = await threeEffects({ at: 2, how: 'fail', when: 'after' })
  expect(after).toMatchObject({
    done: ['write a', 'remove b', 'write c'],
    outcomes: ['ok', 'ok', 'failed', 'ok'],
  })
})

it('lets nothing happen after a kill', async () => {
  const before = await threeEffects({ at: 2, how: 'kill' })
  expect(before).toMatchObject({ done: ['write a'], outcomes: ['ok', 'ok', 'killed', 'killed'] })
  const after = await threeEffects({ at: 2, how: 'kill', when: 'after' })
  expect(after).toMatchObject({ done: ['write a', 'remove b'], outcomes: ['ok', 'ok', 'killed', 'killed'] })
})
