import { afterEach, beforeEach, expect, test } from 'vitest'
import { workers, WizardWithoutRights } from './wizard-without-rights.ts'

let wizard: WizardWithoutRights

beforeEach(async () => {
  wizard = await WizardWithoutRights.start()
})

afterEach(() => wizard.end())

test('installs, proves and takes back through a worker, with one prompt', async () => {
  const plan = await wizard.plan(await wizard.answers())
  expect(plan.elevation).toBe('asked')
  expect((await wizard.run(plan)).failure).toBeUndefined()
  expect(await wizard.handlers['run.look']({})).toMatchObject({ status: 'done', fraction: 1 })
})
