import { beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../../electron/contract/problem.ts'
import { settled } from '../../../renderer/pending.ts'
import { certificateFaults } from '../../../renderer/pages/certificate-faults.ts'
import { useCertificate } from '../../../renderer/store/certificate.ts'
import { useCertificateRequest } from '../../../renderer/store/certificate-request.ts'
import { useFaults } from '../../../renderer/store/faults.ts'
import { currentDraft, fillSlices, readSlices, resetSlices } from '../../../renderer/store/slices.ts'
import {
  certificateOptions,
  issued,
  keylessLook,
  olderOptions,
  pendingRequest,
  protectedLook,
  unfitLook,
  wrongPasswordLook,
} from '../../doubles/back-end/sample-certificates.ts'
import { answers } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
const asked: { readonly name: string; readonly input: unknown }[] = []
globalThis.setup = {
  call: (name, input) => {
    asked.push({ name, input })
    return scriptedBackEnd(script).call(name, input)
  },
  onEvent: () => () => undefined,
}

beforeEach(() => {
  script = {}
  asked.length = 0
  resetSlices()
  useCertificateRequest.setState(useCertificateRequest.getInitialState(), true)
})

const store = () => useCertificate.getState()
const held = { ref: 'vault:certificate.password', length: 9 }

/** The page as it is with a file chosen and looked at. */
async function choose(file: string): Promise<void> {
  store().change({ from: 'file' })
  store().setFile(file)
  await store().lookAtFile(currentDraft())
}

describe('a certificate file', () => {
  it('asks for a password once it is known to have one, and goes on asking', async () => {
    script = { 'certificate.look': ({ password }) => (password === undefined ? protectedLook : issued) }
    await choose(issued.file)
    expect(store()).toMatchObject({ passwordAsked: true, look: protectedLook })
    store().change({ password: held })
    await store().lookAtFile(currentDraft())
    expect(store()).toMatchObject({ passwordAsked: true, look: issued })
    expect(asked.at(-1)?.input).toMatchObject({ file: issued.file, password: held.ref })
  })

  it('says beside the password that it is another one, until another file is chosen', async () => {
    script = { 'certificate.look': () => wrongPasswordLook }
    store().change({ password: held })
    await choose(issued.file)
    expect(useFaults.getState().texts['certificate.password']).toBeUndefined()
    store().change({ password: held })
    await store().lookAtFile(currentDraft())
    expect(useFaults.getState().texts['certificate.password']).toContain('does not open')
    script = { 'certificate.look': () => issued }
    await choose('/another.pfx')
    expect(useFaults.getState().texts['certificate.password']).toBeUndefined()
  })

  it('takes neither password nor key of one file along to another', async () => {
    await choose('/first.pfx')
    store().change({ password: held, privateKey: '/first.key' })
    store().setFile('/second.pfx')
    expect(store()).toMatchObject({ file: '/second.pfx', password: { ref: '' }, privateKey: '' })
    expect(store()).toMatchObject({ look: undefined, passwordAsked: false })
  })

  it('ignores an answer about a file that is no longer chosen', async () => {
    let release = () => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    script = {
      'certificate.look': async ({ file }) => {
        if (file === '/slow.pfx') await slow
        return { ...issued, file }
      },
    }
    const first = choose('/slow.pfx')
    await choose('/fast.pfx')
    release()
    await first
    expect(store().look?.file).toBe('/fast.pfx')
    expect(store().looking).toBe(false)
  })

  it('is looked at before Next goes on, even when nobody left the field', async () => {
    script = { 'certificate.look': () => unfitLook }
    store().change({ from: 'file', file: unfitLook.file })
    const faults = await certificateFaults()
    expect(faults.map(({ path }) => path)).toEqual(['certificate.file'])
    for (const { what } of unfitLook.problems) expect(faults[0]?.text).toContain(what)
  })

  it.each([
    ['nothing chosen', '', issued, ['certificate.file']],
    ['a sound one', '/a.pfx', issued, []],
    ['a password to be entered', '/a.pfx', protectedLook, ['certificate.password']],
    ['a key in another file', '/a.crt', keylessLook, ['certificate.privateKey']],
  ])('keeps Next with %s where it has to', async (_, file, look, paths) => {
    script = { 'certificate.look': () => look }
    store().change({ from: 'file', file })
    expect((await certificateFaults()).map(({ path }) => path)).toEqual(paths)
  })

  it('says what is wrong with the private key’s file at its field', async () => {
    const damaged: Problem = {
      code: 'certificate.damaged',
      what: 'It is damaged.',
      where: { file: '/a.key' },
      next: 'Copy it again.',
    }
    script = { 'certificate.look': () => ({ ...keylessLook, problems: [damaged] }) }
    store().change({ from: 'file', file: '/a.crt', privateKey: '/a.key' })
    expect(await certificateFaults()).toEqual([{ path: 'certificate.privateKey', text: damaged.what }])
  })

  it('keeps Next when it cannot be read at all', async () => {
    const problem: Problem = { code: 'files.no-access', what: 'It may not be read.', next: 'Copy it.' }
    script = { 'certificate.look': () => refuse(problem) }
    await choose('/a.pfx')
    expect(await certificateFaults()).toEqual([{ path: 'certificate.file', text: problem.what }])
  })
})

describe('a new certificate', () => {
  it('keeps Next with an ECDSA key that the service does not take, and says why', async () => {
    script = { 'certificate.options': () => olderOptions }
    await store().findOptions(currentDraft())
    store().change({ key: 'ECDSA-P256' })
    expect(await certificateFaults()).toEqual([{ path: 'certificate.key', text: olderOptions.ecdsa.why }])
    store().change({ key: 'RSA-3072' })
    expect(await certificateFaults()).toEqual([])
  })

  it('lets an ECDSA key pass that the service only may not take', async () => {
    script = { 'certificate.options': () => certificateOptions }
    await store().findOptions(currentDraft())
    store().change({ key: 'ECDSA-P521' })
    expect(await certificateFaults()).toEqual([])
  })

  it('says all that is wrong with it at once', async () => {
    const note = { field: 'certificate.subject', level: 'error', text: 'O is empty.' } as const
    script = { 'certificate.check': ({ subject }) => ({ subject, notAfter: '', notes: [note] }) }
    store().change({ days: '0', subject: 'O=' })
    const faults = await certificateFaults()
    expect(faults.map(({ path }) => path)).toEqual(['certificate.days', 'certificate.subject'])
    expect(asked.at(-1)).toEqual({ name: 'certificate.check', input: { subject: 'O=' } })
  })

  it('keeps what was typed for the other way, and hands over only the chosen one', async () => {
    store().change({ subject: 'CN=typed', from: 'file', file: '/a.pfx', password: held })
    expect(currentDraft()['certificate']).toEqual({ from: 'file', file: '/a.pfx', password: held.ref })
    store().change({ from: 'new' })
    expect(currentDraft()['certificate']).toEqual({
      from: 'new',
      key: 'RSA-2048',
      subject: 'CN=typed',
      days: 1095,
    })
    expect(store()).toMatchObject({ file: '/a.pfx', password: held })
  })
})

describe('the password of openssl.key', () => {
  const path = 'certificate.pem.password'

  it('is asked for only where the key is written', async () => {
    expect(await certificateFaults()).toEqual([])
    store().change({ pem: true })
    expect((await certificateFaults()).map((fault) => fault.path)).toEqual([path])
  })

  it('keeps Next while it is too weak, with everything that is wanted', async () => {
    store().change({ pem: true, pemPassword: { ref: 'vault:x', length: 8 } })
    await store().judge('password')
    const [fault] = await certificateFaults()
    expect(fault?.path).toBe(path)
    expect(store().strength?.wanted).not.toHaveLength(0)
    for (const line of store().strength?.wanted ?? []) expect(fault?.text).toContain(line)
    await store().judge('uN6-mossy.Quarz_77')
    expect(await certificateFaults()).toEqual([])
  })

  it('counts only the last of several judgements, and never keeps a word of it', async () => {
    const releases: (() => void)[] = []
    script = {
      'password.check': async ({ value }) => {
        await new Promise<void>((resolve) => releases.push(resolve))
        return { score: 0, acceptable: false, summary: `${value.length}`, wanted: [] }
      },
    }
    const first = store().judge('canary-5f1c')
    const second = store().judge('canary-5f1c-longer')
    await new Promise((resolve) => setTimeout(resolve))
    for (const release of releases.toReversed()) release()
    await Promise.all([first, second])
    expect(store().strength?.summary).toBe('18')
    expect(JSON.stringify(readSlices())).not.toContain('canary-5f1c')
  })

  it('can be generated: held by the back end, and acceptable', async () => {
    store().change({ pem: true })
    await store().generate()
    expect(store()).toMatchObject({
      pemPassword: { ref: `vault:${path}`, length: 24 },
      strength: { acceptable: true },
    })
    expect(await certificateFaults()).toEqual([])
    expect(currentDraft()['certificate']).toMatchObject({ pem: { password: `vault:${path}` } })
  })
})

describe('a request for an authority', () => {
  const wishes = { key: 'ECDSA-P384', subject: 'CN=asked', folder: '/home/a.martin' } as const

  it('is made of what was typed, and tells where it is', async () => {
    useCertificateRequest.getState().change(wishes)
    await useCertificateRequest.getState().make()
    expect(useCertificateRequest.getState()).toMatchObject({
      operation: '',
      made: { ...pendingRequest, key: wishes.key, subject: wishes.subject },
    })
    expect(asked.at(-1)?.input).toMatchObject(wishes)
    expect(asked.at(-1)?.input).not.toHaveProperty('hash')
  })

  it('gives the form back at once when it is stopped, whatever comes of it later', async () => {
    let release = () => {}
    const slow = new Promise<void>((resolve) => (release = resolve))
    script = {
      'certificate.request': async () => {
        await slow
        return pendingRequest
      },
    }
    const making = useCertificateRequest.getState().make()
    const { operation } = useCertificateRequest.getState()
    useCertificateRequest.getState().stop()
    expect(asked.at(-1)).toEqual({ name: 'operation.cancel', input: { operation } })
    release()
    await making
    expect(useCertificateRequest.getState()).toMatchObject({ operation: '', made: undefined })
  })

  it('is answered with a file, without a key of its own', async () => {
    script = {
      'certificate.options': () => ({ ...certificateOptions, requests: [pendingRequest] }),
      'certificate.look': () => ({ ...issued, privateKey: 'pending-request' }),
    }
    await store().findOptions(currentDraft())
    store().change({ privateKey: '/old.key' })
    store().setFile('/old.crt')
    store().complete(pendingRequest.id)
    expect(store()).toMatchObject({ completing: pendingRequest.id, file: '' })
    await choose('/answer.cer')
    expect(await certificateFaults()).toEqual([])
    expect(currentDraft()['certificate']).toEqual({ from: 'file', file: '/answer.cer' })
  })

  it('is gone from the list when it is forgotten; a refusal is handed on', async () => {
    let requests = [pendingRequest]
    script = {
      'certificate.options': () => ({ ...certificateOptions, requests }),
      'certificate.forget-request': () => {
        requests = []
        return null
      },
    }
    await store().findOptions(currentDraft())
    expect(store().options?.requests).toHaveLength(1)
    expect(await store().forget(pendingRequest.id, currentDraft())).toBeUndefined()
    expect(store().options?.requests).toHaveLength(0)
    const problem: Problem = { code: 'certificate.request-unknown', what: 'It is gone.', next: 'Go on.' }
    script = { 'certificate.forget-request': () => refuse(problem) }
    expect(await store().forget('another', currentDraft())).toEqual(problem)
  })
})

describe('opening an answer file', () => {
  it('forgets what was said of the former certificate', async () => {
    await choose('/a.pfx')
    await store().judge('password')
    await settled()
    fillSlices(answers)
    expect(store()).toMatchObject({ from: 'new', file: '', look: undefined, strength: undefined })
  })
})
