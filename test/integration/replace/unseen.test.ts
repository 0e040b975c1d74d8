import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import { planDigest } from '../../../electron/hosts/worker/digest.ts'
import { fileError } from '../../../electron/machine/file-problem.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { changeServer } from '../iis/iis-place.ts'
import {
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  signingNow,
  standing,
  type Certificate,
  type ServicePlace,
} from './service-place.ts'

const RSA: Certificate = { from: 'new', key: 'RSA-2048', subject: 'CN=Replaced', days: 90 }

let place: ServicePlace
beforeAll(async () => void (place = await makeServicePlace()), 120_000)
afterAll(() => place.remove())

/** As a user who is no administrator sees the machine: what protects the service's secrets holds for him too. */
function unelevated(): Machine {
  const machine = machineOf(place)
  const hidden = [place.pfx, join(place.target, 'appsettings.json')]
  const read: Machine['files']['read'] = async (path) => {
    if (!hidden.includes(path)) return machine.files.read(path)
    throw fileError(Object.assign(new Error('permission denied'), { code: 'EACCES' }), path)
  }
  return { ...machine, files: { ...machine.files, read } }
}

const asAdministrator = (elevated: boolean) =>
  changeServer(place, (state) => void (state.token = { ...state.token, elevated }))

async function looked(answers: ReplaceCertificateAnswers, machine: Machine) {
  const life = new ReplaceLife(place, machine)
  const prepared = await life.prepare(answers)
  const found = await life.session.inspect(prepared)
  return { life, prepared, found, digest: planDigest(life.session.view(prepared, found)) }
}

test('a user without rights gets the plan that an administrator carries out, and cannot carry it out', async () => {
  const before = await standing(place)
  const answers = replaceAnswers(place, RSA)
  await asAdministrator(false)
  try {
    const unseen = await looked(answers, unelevated())
    expect(unseen.prepared.plan.elevation).toBe('asked')
    expect(unseen.prepared.facts.current).toBeUndefined()
    for (const id of ['back-up-certificate', 'write-certificate', 'set-rights', 'take-up-certificate'])
      expect([id, unseen.found.get(id)?.state]).toEqual([id, 'unknown'])

    const run = await unseen.life.run(answers, unseen.prepared)
    expect(await run.go()).toBe('failed')
    expect(run.view.failure?.problem).toMatchObject({
      code: 'step.unknown',
      next: expect.stringContaining('administrator'),
    })
    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    expect(await signingNow(place)).toEqual(before.signing)

    await asAdministrator(true)
    const seen = await looked(answers, machineOf(place))
    expect(seen.prepared.facts.current?.thumbprint).toMatch(/^[0-9A-F]{40}$/)
    expect(seen.digest).toBe(unseen.digest)
  } finally {
    await asAdministrator(true)
  }
  expect(await standing(place)).toEqual(before)
})

test('another path is planned without the settings, which only an administrator may read, and not carried out', async () => {
  const before = await standing(place)
  const answers = replaceAnswers(place, RSA, { path: join(place.world, 'keys', 'signing.pfx') })
  await asAdministrator(false)
  try {
    const unseen = await looked(answers, unelevated())
    expect(unseen.found.get('write-settings')?.state).toBe('unknown')
    const run = await unseen.life.run(answers, unseen.prepared)
    expect([await run.go(), await run.rollBack()]).toEqual(['failed', 'undone'])
    await asAdministrator(true)
    // What changes in the settings is seen only now, so that the plan is reviewed again.
    expect((await looked(answers, machineOf(place))).digest).not.toBe(unseen.digest)
  } finally {
    await asAdministrator(true)
  }
  expect(await standing(place)).toEqual(before)
})
