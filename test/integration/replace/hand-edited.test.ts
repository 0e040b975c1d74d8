import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { proveInstallation } from '../../../electron/hosts/session/proof.ts'
import { installationOf } from '../../../electron/hosts/session/scenarios.ts'
import { takeBackRun } from '../../../electron/hosts/session/take-back.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { recordedRuns } from '../../../electron/setup/journal.ts'
import {
  appcmd,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  signingNow,
  standing,
  undoNewest,
  type ServicePlace,
} from './service-place.ts'

let place: ServicePlace
let settings: string
let before: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace()
  settings = join(place.target, 'appsettings.json')
  before = await standing(place)
}, 120_000)
afterAll(() => place.remove())
afterEach(async () => expect(await standing(place)).toEqual(before))

/** Takes the newest replacement back, whatever comes of it. */
async function takeBack() {
  const { session } = new ReplaceLife(place)
  const { journals } = await recordedRuns(session.machine, place.stateFolder)
  const newest = journals.find((journal) => journal.undoEntries().length > 0)!
  const run = await takeBackRun(session, newest, () => {})
  return { outcome: await run.rollBack(), failures: run.view.undoFailures.map(({ problem }) => problem.code) }
}

test('settings that somebody has edited keep the new file, so that the service goes on; mended, all is taken back', async () => {
  const path = join(place.world, 'keys', 'signing.pfx')
  await new ReplaceLife(place).replace(replaceAnswers(place, undefined, { path }))
  const written = await readFile(settings, 'utf8')
  await writeFile(settings, written.replace(/"Default": "\w+"/, '"Default": "Error"'))
  const edited = await readFile(settings)
  expect(edited.toString('utf8')).not.toBe(written)

  const { outcome, failures } = await takeBack()
  expect(outcome).toBe('undo-failed')
  expect(failures).toEqual(expect.arrayContaining(['undo.changed-since', 'undo.still-named']))
  expect(await readFile(settings)).toEqual(edited)
  expect((await signingNow(place)).alg).toBe('ES256')

  await writeFile(settings, written)
  expect(await takeBack()).toEqual({ outcome: 'undone', failures: [] })
}, 300_000)

test('a PFX that somebody has exchanged by hand is left to them, and the service runs with it', async () => {
  await new ReplaceLife(place).replace(replaceAnswers(place))
  const made = await readFile(place.pfx)
  const theirs = await anotherPfx()
  await writeFile(place.pfx, theirs)
  const { outcome, failures } = await takeBack()
  expect([outcome, failures]).toEqual(['undo-failed', ['undo.changed-since']])
  expect(await readFile(place.pfx)).toEqual(theirs)
  expect((await signingNow(place)).alg).toBe('RS256')
  await writeFile(place.pfx, made)
  expect(await takeBack()).toEqual({ outcome: 'undone', failures: [] })
}, 120_000)

async function anotherPfx(): Promise<Buffer> {
  const { clock, random } = realMachine()
  return Buffer.from((await createSigningCertificate({ now: clock.now(), random })).pfx)
}

test('a folder that is written with a slash at its end is the same installation, also when all is proven', async () => {
  const answers = replaceAnswers(place, undefined, { installation: { target: `${place.target}/` } })
  const life = new ReplaceLife(place)
  const { prepared } = await life.replace(answers)
  const installation = await installationOf(life.session, prepared)
  expect(installation.target).toBe(place.target)
  const proof = await proveInstallation(life.session, installation)
  expect(proof.map(({ id, status }) => [id, status])).toEqual(proof.map(({ id }) => [id, 'passed']))
  await undoNewest(place)
}, 120_000)

test('a service with a damaged PFX gets a new one; taken back, it is as dead as before', async () => {
  const bytes = await readFile(place.pfx)
  await writeFile(place.pfx, 'damaged')
  await appcmd(place, 'recycle', 'apppool', place.pool)
  expect(await signingNow(place).catch(() => 'dead')).toBe('dead')
  await new ReplaceLife(place).replace(replaceAnswers(place))
  expect((await signingNow(place)).alg).toBe('ES256')
  expect(await takeBack()).toEqual({ outcome: 'undone', failures: [] })
  expect(await readFile(place.pfx, 'utf8')).toBe('damaged')
  expect(await signingNow(place).catch(() => 'dead')).toBe('dead')
  await writeFile(place.pfx, bytes)
  await appcmd(place, 'recycle', 'apppool', place.pool)
}, 300_000)

test('without a secret of its client in the settings a service is replaced and proven by its key', async () => {
  const text = await readFile(settings)
  const value = JSON.parse(text.toString('utf8').replace(/^\uFEFF/, '')) as { Clients: string }
  await writeFile(settings, JSON.stringify({ ...value, Clients: '[]' }))
  try {
    const life = new ReplaceLife(place)
    const { prepared } = await life.replace(replaceAnswers(place))
    expect(life.summaryOf('take-up-certificate')).toContain('the published key is the proof')
    const proof = await proveInstallation(life.session, await installationOf(life.session, prepared))
    expect(Object.fromEntries(proof.map(({ id, status }) => [id, status]))).toEqual({
      'proof.discovery': 'passed',
      'proof.keys': 'passed',
      'proof.tables': 'passed',
      'proof.client': 'warning',
      'proof.token': 'warning',
    })
    await undoNewest(place)
  } finally {
    await writeFile(settings, text)
  }
}, 120_000)
