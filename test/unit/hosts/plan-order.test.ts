import { expect, it } from 'vitest'
import { planHandlers } from '../../../electron/hosts/back-end/plan.ts'
import type { WizardState } from '../../../electron/hosts/back-end/state.ts'

/** What a plan needs of a wizard; each look at the machine ends when the test lets it. */
function wizard() {
  const looks = new Map<string, (found: ReadonlyMap<string, string>) => void>()
  const state = {
    prepared: undefined as unknown,
    found: new Map() as unknown,
    session: {
      check: (draft: unknown) => ({ answers: draft }),
      prepare: (answers: unknown) => Promise.resolve({ prepared: answers }),
      inspect: ({ id }: { id: string }) => new Promise((resolve) => looks.set(id, resolve)),
      view: ({ id }: { id: string }) => ({ id }),
    },
    practiceFor: () => Promise.resolve(undefined),
    elevation: { review: () => Promise.resolve(undefined) },
  }
  const { 'plan.make': make } = planHandlers(state as unknown as WizardState)
  return { state, looks, make }
}

it('Install carries out the plan that was asked for last, with what was found for it, whichever is ready first', async () => {
  const { state, looks, make } = wizard()
  const before = make({ draft: { id: 'before' } })
  const now = make({ draft: { id: 'now' } })
  await expect.poll(() => looks.size).toBe(2)
  const found = new Map([['step', 'of now']])
  looks.get('now')!(found)
  expect(await now).toEqual({ plan: { id: 'now' } })
  looks.get('before')!(new Map([['step', 'of before']]))
  await before
  expect(state.prepared).toEqual({ id: 'now' })
  expect(state.found).toBe(found)
})
