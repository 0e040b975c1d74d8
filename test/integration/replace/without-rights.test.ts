import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { WizardWithoutRights } from '../hosts/wizard-without-rights.ts'

let wizard: WizardWithoutRights
let draft: ReplaceCertificateAnswers

/** A service that was set up by an elevated worker; the window is another one by then, and has no rights. */
beforeEach(async () => {
  wizard = await WizardWithoutRights.start()
  const answers = await wizard.answers()
  expect(await wizard.run(await wizard.plan(answers))).toMatchObject({ status: 'done' })
  await wizard.reopen()
  draft = {
    version: 1,
    scenario: 'replace-certificate',
    practice: true,
    installation: { target: answers.service.target },
    certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Replaced', days: 90 },
  }
}, 120_000)

afterEach(() => wizard.end())

async function plan(): Promise<PlanView> {
  const made = await wizard.handlers['plan.make']({ draft })
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.plan
}

/** Every file of the service by name, and the PFX itself. */
async function service() {
  const { target } = draft.installation
  const names = (await readdir(target, { recursive: true })).toSorted()
  return { names, pfx: (await readFile(join(target, 'openssl.pfx'))).toString('base64') }
}

test('a plan without rights is carried out by a worker, as it was approved; a refused prompt changes nothing', async () => {
  const before = await service()
  const journals = await wizard.journals()
  const view = await plan()
  expect(view.elevation).toBe('asked')
  expect(view.steps.find(({ id }) => id === 'set-rights')?.found).toBe('unknown')

  await wizard.refusePrompt()
  expect(await wizard.run(view).catch((error: unknown) => error)).toMatchObject({
    problem: { code: 'elevation.refused', untouched: 'Nothing was changed.' },
  })
  expect(await service()).toEqual(before)
  expect(await wizard.journals()).toEqual(journals)

  const run = await wizard.run(view)
  expect(run.failure).toBeUndefined()
  expect(run.status).toBe('done')
  const { pid } = await wizard.worker()
  expect((await service()).pfx).not.toBe(before.pfx)
  const proof = await wizard.handlers['proof.start']({ operation: 'proof' })
  expect(proof.filter(({ status }) => status === 'failed')).toEqual([])

  await wizard.handlers['run.rollback']({})
  const back = await wizard.ended()
  expect([back.status, back.undoFailures]).toEqual(['undone', []])
  expect(await service()).toEqual(before)
  expect((await wizard.worker()).pid).toBe(pid)
}, 120_000)
