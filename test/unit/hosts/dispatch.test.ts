import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { createDispatch } from '../../../electron/hosts/dispatch.ts'
import { fakeBackEnd } from './fake-back-end.ts'

const ports = { http: 8080, https: 8443 }

describe('dispatch', () => {
  it('hands checked input to the handler and its answer back', async () => {
    const seen: unknown[] = []
    const dispatch = createDispatch(
      fakeBackEnd({
        'clipboard.write': (input) => {
          seen.push(input)
          return Promise.resolve(null)
        },
      }),
    )
    expect(await dispatch('clipboard.write', { text: 'a' })).toEqual({ ok: true, value: null })
    expect(seen).toEqual([{ text: 'a' }])
  })

  it.each(['nope', '__proto__', 'constructor', 'toString', 7, null, undefined, {}])(
    'refuses %j as a call',
    async (name) => {
      const dispatch = createDispatch(fakeBackEnd({}))
      expect(await dispatch(name, {})).toMatchObject({ ok: false, problem: { code: 'call.unknown' } })
    },
  )

  it.each([
    ['ports.suggest', undefined, 'ports.suggest'],
    ['ports.suggest', { more: 1 }, 'ports.suggest'],
    ['service.look', { source: '' }, 'service.look: source'],
    ['dialog.open', { kind: 'anything' }, 'dialog.open: kind'],
    ['clipboard.write', { text: 'x'.repeat(65_537) }, 'clipboard.write: text'],
    ['plan.make', { draft: 'text' }, 'plan.make: draft'],
  ])('refuses input of %s that does not fit, naming the place', async (name, input, path) => {
    let called = false
    const handler = () => {
      called = true
      return Promise.reject(new Error('must not be reached'))
    }
    const dispatch = createDispatch(fakeBackEnd({ [name]: handler }))
    expect(await dispatch(name, input)).toMatchObject({
      ok: false,
      problem: { code: 'call.input', where: { path } },
    })
    expect(called).toBe(false)
  })

  it('never repeats refused input, which may be a secret', async () => {
    const reply = await createDispatch(fakeBackEnd({}))('secret.put', { name: 'a', value: ['s3cret!'] })
    expect(JSON.stringify(reply)).not.toContain('s3cret!')
  })

  it('passes a problem on as data, redacted', async () => {
    const problem = {
      code: 'database.login',
      what: 'The login with hunter2 was refused.',
      next: 'Change it.',
    }
    const dispatch = createDispatch(
      fakeBackEnd({ 'ports.suggest': () => Promise.reject(new SetupError(problem)) }),
    )
    expect(await dispatch('ports.suggest', {})).toEqual({
      ok: false,
      problem: { ...problem, what: 'The login with [hidden] was refused.' },
    })
  })

  it('shows an unexpected error by its message only: no stack, no secret', async () => {
    const dispatch = createDispatch(
      fakeBackEnd({ 'ports.suggest': () => Promise.reject(new TypeError('bad hunter2')) }),
    )
    const reply = await dispatch('ports.suggest', {})
    expect(reply).toMatchObject({ ok: false, problem: { code: 'unexpected', details: ['bad [hidden]'] } })
    expect(JSON.stringify(reply)).not.toMatch(/at .*\.ts/)
  })

  it('survives a handler that throws before it returns a promise', async () => {
    const dispatch = createDispatch(
      fakeBackEnd({
        'ports.suggest': () => {
          throw new Error('at once')
        },
      }),
    )
    expect(await dispatch('ports.suggest', {})).toMatchObject({ ok: false })
  })

  it('answers the same call again and again', async () => {
    const dispatch = createDispatch(fakeBackEnd({ 'ports.suggest': () => Promise.resolve(ports) }))
    expect(await dispatch('ports.suggest', {})).toEqual({ ok: true, value: ports })
    expect(await dispatch('ports.suggest', {})).toEqual({ ok: true, value: ports })
  })
})
