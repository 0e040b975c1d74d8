import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  forgetRequest,
  keepRequest,
  type PendingRequest,
  pendingRequests,
  privateKeyOf,
} from '../../../electron/certificate/requests/pending-requests.ts'
import { createRequest, type MadeRequest } from '../../../electron/certificate/requests/request.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { type Fault, faultyMachine } from '../../doubles/faulty-machine.ts'

let made: MadeRequest
beforeAll(
  async () => void (made = await createRequest({ key: 'ECDSA-P256', subject: 'CN=Identity Service' })),
)

let state: string
let now: Date
let machine: Machine
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'pending-requests-'))
  now = new Date('2026-11-21T19:33:04.500Z')
  const real = realMachine()
  machine = { ...real, clock: { ...real.clock, now: () => now } }
})
afterEach(() => rm(state, { recursive: true, force: true }))

const folders = () => readdir(join(state, 'certificate-requests')).catch(() => [])
const folderOf = ({ id }: PendingRequest) => join(state, 'certificate-requests', id)

describe('a kept request', () => {
  it('is found again with its key', async () => {
    const kept = await keepRequest(machine, state, made)
    expect(kept).toMatchObject({
      id: expect.stringMatching(/^20261121-193304-[0-9a-f]{8}$/),
      subject: 'CN=Identity Service',
      key: 'ECDSA-P256',
      createdAt: '2026-11-21T19:33:04.500Z',
      publicKeyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await pendingRequests(machine, state)).toEqual([kept])
    expect(await readFile(kept.file, 'utf8')).toBe(made.csrPem)
    expect(await privateKeyOf(machine, state, kept)).toEqual(made.privateKey)
  })

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const kept = await keepRequest(machine, state, made)
    const rights = async (path: string) => (await stat(path)).mode & 0o777
    expect(await rights(folderOf(kept))).toBe(0o700)
    for (const name of await readdir(folderOf(kept)))
      expect(await rights(join(folderOf(kept), name))).toBe(0o600)
  })

  it('has a copy where it is sent from, and is told from its own file once that is gone', async () => {
    const copy = join(state, 'identity.csr')
    const kept = await keepRequest(machine, state, made, copy)
    expect(kept.file).toBe(copy)
    expect(await readFile(copy, 'utf8')).toBe(made.csrPem)
    await rm(copy)
    expect((await pendingRequests(machine, state))[0]!.file).toBe(join(folderOf(kept), 'request.csr'))
  })

  it('replaces no file', async () => {
    const copy = join(state, 'identity.csr')
    await writeFile(copy, 'another')
    await expect(keepRequest(machine, state, made, copy)).rejects.toMatchObject({
      problem: { code: 'certificate.exists', where: { file: copy } },
    })
    expect(await readFile(copy, 'utf8')).toBe('another')
    expect(await folders()).toEqual([])
  })

  it('stands in the order of making, beside others', async () => {
    const first = await keepRequest(machine, state, made)
    now = new Date('2026-11-22T00:00:00Z')
    const second = await keepRequest(machine, state, made)
    expect(await pendingRequests(machine, state)).toEqual([first, second])
  })

  it('is forgotten with its key, and alone', async () => {
    const [one, other] = [await keepRequest(machine, state, made), await keepRequest(machine, state, made)]
    await forgetRequest(machine, state, one.id)
    await forgetRequest(machine, state, one.id)
    expect(await pendingRequests(machine, state)).toEqual([other])
    expect(await folders()).toEqual([other.id])
  })
})

describe('what is damaged', () => {
  it.each(['', '{', '[]', 'null', '{"version":2}', '{"version":1,"key":"RSA-1024"}'])(
    'is left out of the list: %j',
    async (text) => {
      const [one, other] = [await keepRequest(machine, state, made), await keepRequest(machine, state, made)]
      await writeFile(join(folderOf(one), 'about.json'), text)
      expect(await pendingRequests(machine, state)).toEqual([other])
    },
  )

  it.each([
    ['gone', undefined, /is gone/],
    ['empty', '', /is damaged/],
    ['no key', 'nonsense', /is damaged/],
  ])('is named when the key is %s', async (_, text, words) => {
    const kept = await keepRequest(machine, state, made)
    const key = join(folderOf(kept), 'key.pem')
    if (text === undefined) await rm(key)
    else await writeFile(key, text)
    await expect(privateKeyOf(machine, state, kept)).rejects.toMatchObject({
      problem: { code: 'certificate.request-key', what: expect.stringMatching(words), where: { file: key } },
    })
  })

  it('is a key that belongs to another request', async () => {
    const kept = await keepRequest(machine, state, made)
    const other = await keepRequest(
      machine,
      state,
      await createRequest({ key: 'ECDSA-P256', subject: 'CN=x' }),
    )
    await writeFile(join(folderOf(kept), 'key.pem'), await readFile(join(folderOf(other), 'key.pem')))
    await expect(privateKeyOf(machine, state, kept)).rejects.toMatchObject({
      problem: { code: 'certificate.request-key' },
    })
  })
})

it.each(['..', '../x', '', '.', 'x', '20261121-193304-0000000g', '20261121-193304-00000000/..', 'C:\\x'])(
  'a name leads nowhere else: %j',
  async (id) => {
    await mkdir(join(state, 'x'))
    const refused = { problem: { code: 'certificate.request-unknown' } }
    await expect(forgetRequest(machine, state, id)).rejects.toMatchObject(refused)
    await expect(privateKeyOf(machine, state, { id, publicKeyHash: '' })).rejects.toMatchObject(refused)
    expect(await readdir(state)).toEqual(['x'])
  },
)

describe('whatever goes wrong', () => {
  const ways = (['fail', 'kill'] as const).flatMap((how) =>
    (['before', 'after'] as const).map((when) => ({ how, when })),
  )
  const keep = (fault?: Fault) => {
    const faulty = faultyMachine(machine, fault)
    return { ...faulty, done: keepRequest(faulty.machine, state, made, join(state, 'copy.csr')) }
  }

  it.each(ways)('a request is there whole or not at all: $how $when each effect', async ({ how, when }) => {
    const counted = keep()
    const kept = await counted.done
    await forgetRequest(machine, state, kept.id)
    await rm(kept.file)
    expect(counted.effects.length).toBeGreaterThanOrEqual(6)
    for (let at = 1; at <= counted.effects.length; at++) {
      const { done, effects } = keep({ at, how, when })
      await expect(done, effects.at(-1)).rejects.toThrow(/^Made to fail|process was ended/)
      const [left, ...more] = await pendingRequests(machine, state)
      expect(more).toEqual([])
      if (how === 'fail') expect([left, await folders()], effects.at(-1)).toEqual([undefined, []])
      else if (left) expect(await privateKeyOf(machine, state, left)).toEqual(made.privateKey)
      await rm(join(state, 'certificate-requests'), { recursive: true, force: true })
      await rm(join(state, 'copy.csr'), { force: true })
    }
  })

  it.each(ways)('a removed request is whole or gone: $how $when each effect', async ({ how, when }) => {
    for (let at = 1; at <= 3; at++) {
      const kept = await keepRequest(machine, state, made)
      await forgetRequest(faultyMachine(machine, { at, how, when }).machine, state, kept.id).catch(() => {})
      for (const left of await pendingRequests(machine, state))
        expect(await privateKeyOf(machine, state, left)).toEqual(made.privateKey)
      await rm(join(state, 'certificate-requests'), { recursive: true, force: true })
    }
  })

  it('what a killed program left is cleared away an hour later, and not while another may be at it', async () => {
    const { done } = keep({ at: 3, how: 'kill' })
    await expect(done).rejects.toThrow('process was ended')
    const [left] = await folders()
    expect(left).toMatch(/^unfinished-/)
    now = new Date(now.getTime() + 3_500_000)
    const first = await keepRequest(machine, state, made)
    expect(await folders()).toEqual([first.id, left])
    now = new Date(now.getTime() + 200_000)
    const second = await keepRequest(machine, state, made)
    expect(await folders()).toEqual([first.id, second.id])
  })

  it('a request that may not be read is left out', async () => {
    const [one, other] = [await keepRequest(machine, state, made), await keepRequest(machine, state, made)]
    const read: Machine['files']['read'] = (path) =>
      path.startsWith(folderOf(one)) ? Promise.reject(new Error('refused')) : machine.files.read(path)
    expect(await pendingRequests({ ...machine, files: { ...machine.files, read } }, state)).toEqual([other])
  })
})
