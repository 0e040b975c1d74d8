import { join } from 'node:path'
import type { Answers } from '../../../electron/contract/answers.ts'
import { Journal, runsFolder } from '../../../electron/setup/journal.ts'
import type { RunHandle } from '../../../electron/hosts/session/runner.ts'
import { service } from '../run/file-run.ts'
import { put, takeOverOf, type Foreign } from './foreign.ts'
import { iisAnswers, IisLife, inIisPlace, machineIn, type IisPlace } from './iis-place.ts'
import { HTTP, websiteOf, type Wishes } from './website-answers.ts'

/** As much as one run can be asked for: everything that is there is somebody else's and is changed. */
const WISH: Wishes = {
  account: 'SpecificUser',
  site: 'IDServiceWebsite',
  pool: 'IDServicePool',
  host: 'identity.example.com',
  certificate: 'pfx',
  sni: true,
  http: 'redirected',
  firewall: true,
}
const THEIRS: Foreign = {
  pool: { state: 'Started', settings: { managedRuntimeVersion: 'v2.0', queueLength: '4711' } },
  site: { state: 'Started', bindings: [`http/*:${HTTP}:`] },
  certificate: { store: 'MY' },
}

/** A place in which each part of a run has something to change. */
export function inFullPlace<T>(use: (place: IisPlace) => Promise<T>): Promise<T> {
  return inIisPlace(service, { adjust: (state) => put(state, THEIRS, WISH) }, use)
}

export function fullAnswers(place: IisPlace): Answers {
  const takeOver = takeOverOf(THEIRS, WISH)
  return iisAnswers(place, { ...websiteOf(place, WISH), takeOver })
}

/** Whether a call of a tool may change the server. */
export function isWrite(call: string): boolean {
  return /^(?:appcmd (?!list)|icacls (?!.* \/save )|netsh http (?!show)|powershell)/.test(call)
}

/** The wished installation stands: the same answers again, in a new process, find nothing to do. */
export async function isComplete(place: IisPlace): Promise<boolean> {
  const life = new IisLife(machineIn(place), place)
  const found = await life.session.inspect(await life.prepare(fullAnswers(place)))
  return [...found.values()].every(({ state }) => state === 'as-wanted')
}

/** A new process that can take back what the journal knows. Undefined when it knows nothing. */
export async function takeBackRun(place: IisPlace): Promise<RunHandle | undefined> {
  const machine = machineIn(place)
  const names = await machine.files.list(runsFolder(place.stateFolder))
  const opened = names.map((name) =>
    Journal.open(machine, join(runsFolder(place.stateFolder), name)).catch(() => undefined),
  )
  const journals = (await Promise.all(opened)).filter((each) => each && each.undoEntries().length > 0)
  const [continued] = journals
  if (!continued) return undefined
  if (journals.length > 1) throw new Error('Two runs have left something to take back.')
  const life = new IisLife(machine, place)
  return life.session.run(await life.prepare(fullAnswers(place)), () => {}, { continued, recorded: true })
}

/** Numbers from 1 with what they stand for, worked off by a few at a time: most of it waits for the disk. */
export async function sideBySide<T>(all: readonly T[], use: (each: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const worker = async () => {
    for (let each = left.shift(); each !== undefined; each = left.shift()) await use(each)
  }
  await Promise.all([worker(), worker(), worker()])
}
