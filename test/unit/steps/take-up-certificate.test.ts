import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import type { ApplyContext, StepContext } from '../../../electron/setup/step.ts'
import { DiagnosedError } from '../../../electron/setup/step.ts'
import { takeUpCertificate, type TakeUpInput } from '../../../electron/steps/take-up-certificate.ts'
import { faultyMachine, Killed } from '../../doubles/faulty-machine.ts'
import {
  CLIENT,
  DockerDouble,
  NAME,
  PFX,
  SECRET,
  SETTINGS,
  testKey,
  URL,
  VARIABLE,
  type TestKey,
} from './docker-double.ts'

const RESTART: TakeUpInput = {
  place: { kind: 'container', name: NAME },
  restart: { how: 'restart-container' },
  localUrl: URL,
  pfx: PFX,
  settings: SETTINGS,
  clientId: CLIENT,
  patienceMs: 30_000,
}
const RECREATE: TakeUpInput = { ...RESTART, restart: { how: 'recreate-container', image: `${NAME}:latest` } }

type UndoRecord = Parameters<typeof takeUpCertificate.undo>[0]

let former: TestKey
let wanted: TestKey
let docker: DockerDouble
/** What the journal of the test holds. */
let records: UndoRecord[]
let said: string[]
let stopping: AbortController

beforeAll(async () => {
  ;[former, wanted] = (await Promise.all([testKey(), testKey()])) as [TestKey, TestKey]
})

beforeEach(() => {
  docker = new DockerDouble([former, wanted])
  records = []
  said = []
  stopping = new AbortController()
})

function contextOn(machine: Machine): ApplyContext<UndoRecord> & StepContext {
  return {
    machine,
    log: (text) => void said.push(text),
    progress: (_, text) => void said.push(text),
    backupFolder: '/backup',
    signal: stopping.signal,
    willUndo: async (record) => void records.push(JSON.parse(JSON.stringify(record)) as UndoRecord),
    wrote: async () => {},
  }
}

/** A service that was started with the former PFX, whose place the new one has taken. */
function mounted(): void {
  docker.images.set(`${NAME}:latest`, { id: 'sha256:1' })
  docker.add(NAME, `${NAME}:latest`)
  docker.files.set(PFX, wanted.pfx)
}

/** The same with the PFX in the image, which has been built anew. */
function inImage(): void {
  docker.images.set('former', { id: 'sha256:1', key: former })
  docker.add(NAME, 'former')
  docker.files.set(PFX, wanted.pfx)
  docker.images.set(`${NAME}:latest`, { id: 'sha256:2', key: wanted })
}

function apply(input: TakeUpInput, machine = docker.machine): Promise<string> {
  return takeUpCertificate.apply(input, contextOn(machine))
}

/** A later process takes back what the journal knows, last effect first; the files come back in between. */
async function takeBack(): Promise<string> {
  const context = contextOn(docker.machine)
  for (const record of records.toReversed()) await takeUpCertificate.undo(record, context)
  const runs = docker.containers.some(({ state }) => state === 'running')
  // Where nothing was noted down, nothing was touched.
  expect(runs, 'runs while files change').toBe(records.length === 0)
  docker.files.set(PFX, former.pfx)
  docker.images.delete(`${NAME}:latest`)
  const settled: string[] = []
  for (const record of records) settled.push(await takeUpCertificate.settle!(record, context))
  return settled.join(' ')
}

async function signs(key: TestKey): Promise<boolean> {
  docker.files.set(PFX, key.pfx)
  return (await takeUpCertificate.inspect(RESTART, contextOn(docker.machine))).state === 'as-wanted'
}

function containers(): readonly unknown[] {
  return docker.containers.map(({ id, name, state }) => ({ id: id.slice(0, 4), name, state }))
}

const ORIGINAL = [{ id: '0001', name: NAME, state: 'running' }]

describe.each([
  ['restarted', RESTART, mounted],
  ['recreated', RECREATE, inImage],
] as const)('a container that is %s', (_, input, prepare) => {
  beforeEach(prepare)

  test('signs with the new key, and the summary says for how long no token could be had', async () => {
    const context = contextOn(docker.machine)
    expect(await takeUpCertificate.inspect(input, context)).toEqual({
      state: 'differs',
      evidence: [`The service publishes ${former.key.kid}.`],
    })
    expect(await apply(input)).toMatch(
      new RegExp(
        `^Signs with ${wanted.key.kid} after \\d+\\.\\d s; for \\d+\\.\\d s no token could be fetched\\.$`,
      ),
    )
    expect(await takeUpCertificate.verify(input, context)).toBe(
      `${wanted.key.kid} is published and signs a token`,
    )
    expect((await takeUpCertificate.inspect(input, context)).state).toBe('as-wanted')
  })

  test('is brought back, and proven to sign with the former key', async () => {
    await apply(input)
    expect(await takeBack()).toBe(`The container ${NAME} runs again and signs with ${former.key.kid}.`)
    expect(containers()).toEqual(ORIGINAL)
    // Once more, as when the process ended before it could note that down.
    expect(await takeBack()).toContain(former.key.kid)
    expect(containers()).toEqual(ORIGINAL)
  })

  test('that did not run is started to prove it, and stops when it is taken back', async () => {
    docker.get(NAME)!.state = 'exited'
    const { evidence } = await takeUpCertificate.inspect(input, contextOn(docker.machine))
    expect(evidence).toContain(`The container ${NAME} is stopped; it is started, and runs from then on.`)
    expect(await apply(input)).toMatch(
      /before the restart no token could be fetched; it was stopped, and runs now\.$/,
    )
    expect(await takeBack()).toBe(`The container ${NAME} did not run and stays stopped.`)
    expect(containers()).toEqual([{ id: '0001', name: NAME, state: 'exited' }])
  })

  test('killed anywhere, it is brought back', async () => {
    const { machine, effects } = faultyMachine(docker.machine)
    await apply(input, machine)
    for (let at = 1; at <= effects.length; at++)
      for (const when of ['before', 'after'] as const) {
        docker = new DockerDouble([former, wanted])
        records = []
        prepare()
        await expect(
          apply(input, faultyMachine(docker.machine, { at, when, how: 'kill' }).machine),
        ).rejects.toThrow(Killed)
        await takeBack()
        expect(containers(), `${at} ${when}`).toEqual(ORIGINAL)
        expect(await signs(former)).toBe(true)
      }
    expect(effects.length).toBeGreaterThan(2)
  }, 30_000)

  test('killed anywhere and tried again, it signs with the new key and can be brought back', async () => {
    const { machine, effects } = faultyMachine(docker.machine)
    await apply(input, machine)
    for (let at = 1; at <= effects.length; at++) {
      docker = new DockerDouble([former, wanted])
      records = []
      prepare()
      await expect(apply(input, faultyMachine(docker.machine, { at, how: 'kill' }).machine)).rejects.toThrow(
        Killed,
      )
      expect(await apply(input), String(at)).toContain(`Signs with ${wanted.key.kid}`)
      await takeBack()
      expect(
        containers().find((each) => (each as { name: string }).name === NAME),
        String(at),
      ).toEqual(ORIGINAL[0])
      expect(await signs(former)).toBe(true)
    }
  }, 30_000)

  test('that ends when it starts is explained by its own log, and brought back', async () => {
    docker.ends = true
    docker.log =
      'Unhandled exception. System.Security.Cryptography.CryptographicException: ASN1 corrupted data.'
    const failure = await apply(input).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DiagnosedError)
    expect(failure).toMatchObject({
      problem: {
        code: 'service.ended',
        details: expect.arrayContaining([
          expect.stringMatching(/^Until this failed, for \d+\.\d s no token could be fetched\.$/),
        ]),
      },
      diagnosis: { id: 'certificate.damaged' },
    })
    docker.ends = false
    await takeBack()
    expect(containers()).toEqual(ORIGINAL)
  })

  test('that fails and is tried again still goes back to where it stood', async () => {
    docker.ends = true
    await expect(apply(input)).rejects.toMatchObject({ problem: { code: 'service.ended' } })
    docker.ends = false
    expect(await apply(input)).toContain(wanted.key.kid)
    await takeBack()
    expect(containers()).toEqual(ORIGINAL)
  })

  test('that cannot sign fails with that cause, although it publishes the key', async () => {
    docker.log = 'IDX10634: Unable to create the SignatureProvider.'
    docker.cannotSign = true
    expect(await apply(input).catch((error: unknown) => error)).toMatchObject({
      problem: { code: 'token.signing-failed' },
      diagnosis: { id: 'certificate.ec-with-rs256' },
    })
  })

  test('whose client is refused is proven by its key, and says so', async () => {
    docker.useSecret('another secret of the client')
    expect(await apply(input)).toContain(
      `the published key is the proof, because the service refuses the client ${CLIENT}`,
    )
  })

  test('whose client is not in the settings is proven by its key, and says so', async () => {
    docker.files.set(SETTINGS, Buffer.from('{}'))
    expect(await apply(input)).toContain(`because no secret of the client ${CLIENT} stands in the settings`)
  })

  test('that is not there, or has no readable PFX, is not touched', async () => {
    docker.files.set(PFX, Buffer.from('no PFX'))
    await expect(apply(input)).rejects.toMatchObject({ problem: { where: { file: PFX } } })
    docker.files.set(PFX, wanted.pfx)
    docker.containers.length = 0
    await expect(apply(input)).rejects.toMatchObject({ problem: { code: 'docker.container-missing' } })
    expect(records).toEqual([])
  })

  test('shows no secret: not in commands, records, words', async () => {
    const summary = await apply(input)
    await takeBack()
    const all = JSON.stringify([summary, said, records, docker.calls])
    for (const secret of [SECRET, VARIABLE]) expect(all).not.toContain(secret)
  })
})

test('a restarted container that reads another file is told at once', async () => {
  inImage()
  await expect(apply(RESTART)).rejects.toMatchObject({
    problem: {
      code: 'certificate.not-taken-up',
      details: [`Published: ${former.key.kid}`, expect.stringMatching(/^Until this failed, for .* no token/)],
    },
  })
  expect(docker.machine.clock.monotonic()).toBeLessThan(RESTART.patienceMs)
})

test('a service that publishes the new key beside the one that it signs with has not taken it up', async () => {
  inImage()
  docker.alsoPublished = wanted
  await expect(apply(RESTART)).rejects.toMatchObject({ problem: { code: 'token.unknown-key' } })
})

test('taken back while the former PFX is not, it fails instead of saying that all is well', async () => {
  mounted()
  await apply(RESTART)
  const context = contextOn(docker.machine)
  const [record] = records as [UndoRecord]
  await takeUpCertificate.undo(record, context)
  docker.files.set('/srv/former.pfx', former.pfx)
  await expect(
    takeUpCertificate.settle!({ ...record, pfx: '/srv/former.pfx' }, context),
  ).rejects.toMatchObject({ problem: { code: 'certificate.not-taken-up' } })
})

test('a new container keeps the former one beside it, and is told from one that was there before', async () => {
  inImage()
  await apply(RECREATE)
  expect(containers()).toEqual([
    { id: '0001', name: `${NAME}-previous`, state: 'exited' },
    { id: '0002', name: NAME, state: 'running' },
  ])
  // A year later another certificate: now that one is the former, and the oldest goes.
  const next = await testKey()
  docker.files.set(PFX, next.pfx)
  docker.images.set(`${NAME}:latest`, { id: 'sha256:3', key: next })
  docker.images.set('then', { id: 'sha256:2', key: wanted })
  records = []
  await apply(RECREATE)
  expect(containers()).toEqual([
    { id: '0002', name: `${NAME}-previous`, state: 'exited' },
    { id: '0003', name: NAME, state: 'running' },
  ])
})

test('containers that took each other’s place come back one after the other, also where only the last one was kept', async () => {
  inImage()
  await apply(RECREATE)
  const first = records
  const next = await testKey()
  docker.files.set(PFX, next.pfx)
  docker.images.set(`${NAME}:latest`, { id: 'sha256:3', key: next })
  docker.images.set('then', { id: 'sha256:2', key: wanted })
  records = []
  await apply(RECREATE)
  const context = contextOn(docker.machine)
  const back = async ([record]: readonly UndoRecord[], { pfx }: TestKey, id: string) => {
    await takeUpCertificate.undo(record!, context)
    docker.files.set(PFX, pfx)
    const key = [former, wanted].find((each) => each.pfx === pfx)!
    docker.images.set(`${NAME}:latest`, { id, key })
    return takeUpCertificate.settle!(record!, context)
  }
  expect(await back(records, wanted, 'sha256:2')).toContain(wanted.key.kid)
  expect(await back(first, former, 'sha256:1')).toContain(former.key.kid)
  // Once more, as when the process ended before it could note that down.
  expect(await back(first, former, 'sha256:1')).toContain(former.key.kid)
  expect(docker.get(NAME)).toMatchObject({ image: 'sha256:1', state: 'running' })
})

test('a container with an option that a new one would not get is left alone', async () => {
  inImage()
  docker.special = { Links: ['/redis:/identity/redis'] }
  await expect(apply(RECREATE)).rejects.toMatchObject({
    problem: { code: 'docker.option-not-carried', details: ['HostConfig.Links'] },
  })
  expect(containers()).toEqual(ORIGINAL)
})

test('a PFX that is not there yet is a difference; one that only an administrator may read is not known', async () => {
  mounted()
  docker.files.delete(PFX)
  const { machine } = docker
  expect(await takeUpCertificate.inspect(RESTART, contextOn(machine))).toMatchObject({ state: 'differs' })
  const denied = new SetupError({ code: 'file.no-access', what: 'Access was denied.', next: 'Ask.' })
  const files = { ...machine.files, read: () => Promise.reject(denied) }
  expect(await takeUpCertificate.inspect(RESTART, contextOn({ ...machine, files }))).toEqual({
    state: 'unknown',
    evidence: ['Access was denied.'],
  })
})

test('a service that answered as little before is started again, and that is said', async () => {
  mounted()
  docker.silentFor = 1e6
  const silent = { problem: { code: 'service.silent' } }
  await expect(apply(RESTART)).rejects.toMatchObject(silent)
  await expect(apply(RESTART)).rejects.toMatchObject(silent)
  expect(records.map(({ kids }) => kids)).toEqual([[former.key.kid], []])
  const [working, dead] = records as [UndoRecord, UndoRecord]
  const settle = (record: UndoRecord) => takeUpCertificate.settle!(record, contextOn(docker.machine))
  expect(await settle(dead)).toMatch(
    /^The container identity is started again, and answers as little as before: /,
  )
  // One that did answer has to do so again.
  await expect(settle(working)).rejects.toMatchObject(silent)
})

test('an installer who does not want to wait is not kept waiting, and the way back is there', async () => {
  mounted()
  docker.silentFor = 1e6
  const reason = new Error('stopped')
  const applied = apply(RESTART)
  applied.catch(() => {})
  while (records.length === 0) await new Promise((resolve) => setImmediate(resolve))
  stopping.abort(reason)
  await expect(applied).rejects.toBe(reason)
  stopping = new AbortController()
  docker.silentFor = 4
  await takeBack()
  expect(containers()).toEqual(ORIGINAL)
})
