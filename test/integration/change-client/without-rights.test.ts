import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { WizardWithoutRights } from '../hosts/wizard-without-rights.ts'

let wizard: WizardWithoutRights
let draft: ChangeClientAnswers

/** A service that was set up by an elevated worker; the window is another one by then, and has no rights. */
beforeEach(async () => {
  wizard = await WizardWithoutRights.start()
  const answers = await wizard.answers()
  expect(await wizard.run(await wizard.plan(answers))).toMatchObject({ status: 'done' })
  await wizard.reopen()
  draft = {
    version: 1,
    scenario: 'change-client',
    practice: true,
    installation: { target: answers.service.target },
    client: { id: 'generate', secret: 'generate' },
  }
}, 120_000)

afterEach(() => wizard.end())

async function plan(): Promise<PlanView> {
  const made = await wizard.handlers['plan.make']({ draft })
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.plan
}

const settings = () => readFile(join(draft.installation.target, 'appsettings.json'), 'utf8')

test('without rights a plan is made, and reviewed again with what an administrator sees; then it is carried out and taken back', async () => {
  const before = await settings()
  const blind = await plan()
  expect(blind.elevation).toBe('asked')
  expect(blind.warnings.map(({ code }) => code)).toContain('client.unseen')
  expect(blind.steps.find(({ id }) => id === 'remove-client')).toMatchObject({ found: 'unknown', sql: [] })

  const refused = await wizard.run(blind).catch(problemOf)
  expect(refused).toMatchObject({ code: 'elevation.plan-changed' })
  expect(await settings()).toBe(before)

  const seen = await plan()
  expect(seen.warnings.map(({ code }) => code)).not.toContain('client.unseen')
  expect(seen.steps.find(({ id }) => id === 'remove-client')?.sql.join('\n')).toContain(
    'delete from "Clients"',
  )
  const run = await wizard.run(seen)
  expect([run.status, run.failure]).toEqual(['done', undefined])
  expect(await settings()).not.toBe(before)
  const proof = await wizard.handlers['proof.start']({ operation: 'proof' })
  expect(proof.filter(({ status }) => status === 'failed')).toEqual([])

  await wizard.handlers['run.rollback']({})
  const back = await wizard.ended()
  expect([back.status, back.undoFailures]).toEqual(['undone', []])
  expect(await settings()).toBe(before)
}, 120_000)
