import { basename, dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fileError } from '../../../electron/machine/file-problem.ts'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import type { ArmedFault } from '../../../electron/practice/windows/state.ts'
import { addPool } from '../installation/place.ts'
import { changeServer, everything } from '../iis/iis-place.ts'
import {
  appcmd,
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  signingNow,
  standing,
  undoNewest,
  type Certificate,
  type ServicePlace,
} from './service-place.ts'

const CREATIO = 'CreatioPool'
const RSA: Certificate = { from: 'new', key: 'RSA-2048', subject: 'CN=Replaced', days: 90 }

let place: ServicePlace
let before: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace({ adjust: (state) => addPool(state, CREATIO) })
  before = await standing(place)
}, 120_000)
afterAll(() => place.remove())
afterEach(async () => {
  while (await undoNewest(place));
})

/** Carries a replacement out, which has to fail; what is taken back has to be everything. */
async function failed(machine: Machine, answers = replaceAnswers(place, RSA)) {
  const life = new ReplaceLife(place, machine)
  const run = await life.run(answers)
  expect(await run.go()).toBe('failed')
  const failure = run.view.failure!
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
  expect(await standing(place)).toEqual(before)
  return failure
}

/** A machine on which something happens just before a command. */
function justBefore(isIt: (command: Command) => boolean, happen: () => Promise<void>): Machine {
  const machine = machineOf(place)
  let happened = false
  const run = async (command: Command) => {
    if (!happened && isIt(command)) {
      happened = true
      await happen()
    }
    return machine.processes.run(command)
  }
  return { ...machine, processes: { ...machine.processes, run } }
}

const isRestart = ({ args }: Command) => args[0] === 'recycle'

async function arm(fault: ArmedFault): Promise<void> {
  await changeServer(place, ({ runtime }) => void runtime.faults.push(fault))
}

const pool = (...args: readonly string[]) => appcmd(place, ...args)

test('a service that may not open the new PFX is back with the former one; the report names the cause', async () => {
  const lockOut = () =>
    changeServer(place, ({ acl }) => void (acl[place.pfx] = 'D:P(A;;FA;;;SY)(A;;FA;;;BA)'))
  const { step, problem, diagnosis } = await failed(justBefore(isRestart, lockOut))
  expect([step, problem.code]).toEqual(['take-up-certificate', 'service.ended'])
  expect(diagnosis).toMatchObject({
    cause: expect.stringContaining('may not read the PFX file'),
    evidence: expect.arrayContaining([{ label: 'Log', value: expect.stringContaining('Access is denied') }]),
  })
})

test('Creatio’s pool that is gone is told before anything is changed', async () => {
  const life = new ReplaceLife(place)
  const prepared = await life.prepare(replaceAnswers(place, RSA, { creatio: { pool: 'NoSuchPool' } }))
  await expect(life.session.inspect(prepared)).rejects.toMatchObject({
    problem: { code: 'creatio.not-found', what: expect.stringContaining('NoSuchPool') },
  })
  expect(await standing(place)).toEqual(before)
})

test('Creatio’s pool that goes away meanwhile: the service is back with the former certificate', async () => {
  const pools = (await everything(place)).configuration
  const machine = justBefore(isRestart, () => pool('delete', 'apppool', `/apppool.name:${CREATIO}`))
  const life = new ReplaceLife(place, machine)
  const run = await life.run(replaceAnswers(place, RSA, { creatio: { pool: CREATIO } }))
  expect(await run.go()).toBe('failed')
  expect(run.view.failure).toMatchObject({ step: 'restart-creatio', problem: { code: 'creatio.not-found' } })
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
  expect(await signingNow(place)).toEqual(before.signing)
  await changeServer(place, (state) => addPool(state, CREATIO))
  expect((await everything(place)).configuration).toBe(pools)
})

test.each(['openssl.pfx', 'openssl-'])(
  'a disk that is full for %s: everything is as it was',
  async (start) => {
    const machine = machineOf(place)
    const full = (path: string) => {
      if (dirname(path) === place.target && basename(path).startsWith(start))
        throw fileError(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }), path)
    }
    const files: Machine['files'] = {
      ...machine.files,
      write: async (path, bytes, options) => (full(path), machine.files.write(path, bytes, options)),
      copy: async (from, to, options) => (full(to), machine.files.copy(from, to, options)),
    }
    const { problem } = await failed({ ...machine, files })
    expect(problem).toMatchObject({
      code: 'file.disk-full',
      next: expect.stringContaining('Free some space'),
    })
  },
  120_000,
)

test('rights that Windows refuses to set', async () => {
  await arm({
    tool: 'icacls',
    at: 1,
    matching: '/grant:r',
    how: { kind: 'exit', code: 5, stderr: 'Access is denied.' },
  })
  const { step, problem } = await failed(machineOf(place))
  expect(step).toBe('set-rights')
  expect(problem).toMatchObject({ code: 'windows.rights-not-set', where: { file: place.pfx } })
  expect(JSON.stringify(problem)).toContain('Access is denied.')
})

test('a pool that is not recycled', async () => {
  await arm({
    tool: 'appcmd',
    at: 1,
    matching: 'recycle',
    how: { kind: 'exit', code: 5, stdout: 'ERROR ( message:Access is denied. )' },
  })
  const { step, problem } = await failed(machineOf(place))
  expect(step).toBe('take-up-certificate')
  expect(JSON.stringify(problem)).toContain('Access is denied.')
})

test('where the former certificate cannot be proven either, that is said; mended, it is', async () => {
  const profile = (value: string) =>
    pool('set', 'apppool', place.pool, `/processModel.loadUserProfile:${value}`)
  const life = new ReplaceLife(
    place,
    justBefore(isRestart, () => profile('false')),
  )
  const run = await life.run(replaceAnswers(place, RSA))
  expect(await run.go()).toBe('failed')
  expect(run.view.failure).toMatchObject({ step: 'take-up-certificate' })
  expect(JSON.stringify(run.view.failure)).toMatch(/loadUserProfile|user profile/i)
  expect(await run.rollBack()).toBe('undo-failed')
  expect(run.view.undoFailures).toMatchObject([{ step: 'take-up-certificate' }])
  await profile('true')
  expect([await run.rollBack(), run.view.status]).toEqual(['undone', 'undone'])
  expect(await standing(place)).toEqual(before)
}, 120_000)
