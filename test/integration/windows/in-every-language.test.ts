import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { readRights, restoreRights, saveRights } from '../../../electron/windows/acl-file.ts'
import { readEvents } from '../../../electron/windows/events.ts'
import {
  disableFeatures,
  enableFeatures,
  featureStates,
  missingFeatures,
  REDIRECT_FEATURE,
  REQUIRED_FEATURES,
} from '../../../electron/windows/features.ts'
import { portHolders, urlsOfHttpSys } from '../../../electron/windows/ports.ts'
import { setRights, type WantedRights } from '../../../electron/windows/rights.ts'
import { restartIis, serviceState } from '../../../electron/windows/services.ts'
import { applicationPoolSid } from '../../../electron/windows/sids.ts'
import { driveKind, lookAtSystem, pendingRestart } from '../../../electron/windows/system.ts'
import { lookAtToken, uacPolicy } from '../../../electron/windows/token.ts'

/** Every question to Windows, asked of the simulated one, whose tools speak three languages. */
let parent: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'every-language-'))
})
afterAll(() => rm(parent, { recursive: true }))

/** What each question was answered, or the code of the problem instead. */
async function answers(name: string, options: PracticeWindowsOptions): Promise<Record<string, unknown>> {
  const folder = join(parent, name)
  const machine = practiceWindows(realMachine(), folder, options)
  const all: Record<string, unknown> = {}
  for (const [question, ask] of Object.entries(QUESTIONS))
    all[question] = await ask(machine, folder).catch((error: unknown) => problemOf(error).code)
  return all
}

const features = [...REQUIRED_FEATURES, REDIRECT_FEATURE].map(({ name }) => name)

const QUESTIONS: Record<string, (machine: Machine, folder: string) => Promise<unknown>> = {
  system: lookAtSystem,
  pendingRestart,
  token: lookAtToken,
  policy: uacPolicy,
  w3svc: (machine) => serviceState(machine, 'W3SVC'),
  noService: (machine) => serviceState(machine, 'NoSuchService'),
  missingFeatures: async (machine) => (await missingFeatures(machine)).map(({ name }) => name),
  featuresAndBack,
  restart: (machine) => restartIis(machine),
  rightsAndBack,
  rightsOfNothing: (machine, folder) => readRights(machine, join(folder, 'missing'), folder),
  events: (machine) =>
    readEvents(machine, { log: 'System', providers: ['Microsoft-Windows-WAS'], sinceMs: 60_000, most: 5 }),
  holders: (machine) => portHolders(machine, 80),
  urls: async (machine) => (await urlsOfHttpSys(machine)).map(({ url }) => url),
  drive: (machine) => driveKind(machine, 'Z:\\folder'),
}

async function featuresAndBack(machine: Machine): Promise<unknown> {
  const before = await featureStates(machine)
  const enabled = await enableFeatures(machine, features)
  const missing = await missingFeatures(machine, [...REQUIRED_FEATURES, REDIRECT_FEATURE])
  const disabled = await disableFeatures(machine, enabled.changed)
  const changedForGood = [...(await featureStates(machine))].filter(
    ([name, state]) => before.get(name) !== state,
  )
  return { enabled, missing, disabled: disabled.restartNeeded, changedForGood }
}

async function rightsAndBack(machine: Machine, folder: string): Promise<unknown> {
  const path = join(folder, 'openssl.pfx')
  const saved = join(folder, 'before.acl')
  const wanted: WantedRights = {
    path,
    kind: 'file',
    exact: true,
    grants: [
      { sid: 'S-1-5-18', name: 'SYSTEM', rights: 'F' },
      { sid: 'S-1-5-32-544', name: 'Administrators', rights: 'F' },
      { sid: applicationPoolSid('Identity'), name: 'IIS AppPool\\Identity', rights: 'R' },
    ],
  }
  await machine.files.write(path, 'key')
  const before = await readRights(machine, path, folder)
  await saveRights(machine, path, saved)
  await setRights(machine, wanted, folder)
  const after = await readRights(machine, path, folder)
  await restoreRights(machine, path, saved)
  expect(await readRights(machine, path, folder)).toEqual(before)
  return after
}

const REFUSED = {
  featuresAndBack: 'windows.features-unreadable',
  restart: 'windows.iis-not-stopped',
  rightsAndBack: 'windows.rights-not-set',
}
const DONE = {
  featuresAndBack: { missing: [], disabled: false, changedForGood: [] },
  rightsAndBack: { protected: true },
  rightsOfNothing: 'windows.rights-not-read',
  noService: undefined,
}

describe.each([
  ['a server with IIS', {}, { ...DONE, w3svc: 'running', restart: undefined, urls: ['HTTP://*:80/'] }],
  [
    'a server without IIS',
    { iis: false },
    { ...DONE, w3svc: undefined, restart: 'windows.iis-not-started', holders: [] },
  ],
  [
    'a server whose IIS lacks parts',
    { withoutFeatures: ['IIS-HttpErrors', 'IIS-HttpRedirect'] },
    { ...DONE, missingFeatures: ['IIS-HttpErrors'], restart: undefined },
  ],
  [
    'an administrator who is not elevated',
    { token: 'filtered' },
    { ...REFUSED, token: { administrator: true, elevated: false } },
  ],
  [
    'a user who is no administrator',
    { token: 'user' },
    { ...REFUSED, token: { administrator: false, elevated: false } },
  ],
  ['Windows Server 2016', { build: 14393 }, { ...DONE, system: { build: 14393, server: true } }],
] as const)('%s', (name, options, expected) => {
  it('is understood the same in English, German and Russian', async () => {
    const english = await answers(`${name} en`, { ...options, language: 'en' })
    expect(english).toMatchObject(expected)
    expect(await answers(`${name} de`, { ...options, language: 'de' })).toEqual(english)
    expect(await answers(`${name} ru`, { ...options, language: 'ru' })).toEqual(english)
  })
})
