import { afterEach, describe, expect, it } from 'vitest'
import { httpBridge } from '../../../renderer/http-bridge.ts'
import { useConnection } from '../../../renderer/store/connection.ts'

const realFetch = globalThis.fetch

/** Imitates a browser's fetch from the page of the loopback host. */
function answerWith(reply: () => Response): Request[] {
  const asked: Request[] = []
  globalThis.fetch = (input, init) => {
    asked.push(new Request(new URL(String(input), 'http://127.0.0.1'), init))
    try {
      return Promise.resolve(reply())
    } catch (thrown) {
      return Promise.reject(thrown as Error)
    }
  }
  return asked
}

afterEach(() => {
  globalThis.fetch = realFetch
  useConnection.setState(useConnection.getInitialState())
})

describe('the bridge of a browser', () => {
  it('posts a call as JSON and hands back its reply', async () => {
    const asked = answerWith(() => Response.json({ ok: true, value: { http: 8090, https: 8443 } }))
    const reply = await httpBridge().call('ports.suggest', {})
    expect(reply).toEqual({ ok: true, value: { http: 8090, https: 8443 } })
    expect(asked[0]?.url).toBe('http://127.0.0.1/api/ports.suggest')
    expect(asked[0]?.method).toBe('POST')
    expect(asked[0]?.headers.get('content-type')).toBe('application/json')
    expect(await asked[0]?.json()).toEqual({})
  })

  it('says that the host has gone, and notices when it is back', async () => {
    const asked = answerWith(() => {
      throw new TypeError('Failed to fetch')
    })
    const reply = await httpBridge().call('machine.look', {})
    expect(reply).toMatchObject({ ok: false, problem: { code: 'page.host-gone' } })
    expect(asked.length).toBe(3)
    expect(useConnection.getState().gone).toBe(true)
    answerWith(() => Response.json({ ok: true, value: null }))
    await httpBridge().call('run.look', {})
    expect(useConnection.getState().gone).toBe(false)
  })

  it('asks once more under the same ID when the network changes, and under another for another call', async () => {
    let lost = 0
    const asked = answerWith(() => {
      lost += 1
      if (lost === 1) throw new TypeError('Failed to fetch')
      return Response.json({ ok: true, value: null })
    })
    expect(await httpBridge().call('run.look', {})).toEqual({ ok: true, value: null })
    await httpBridge().call('run.look', {})
    const [first, again, other] = asked.map((request) => request.headers.get('x-call-id'))
    expect(first).toMatch(/^[\da-f-]{36}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    expect(useConnection.getState().gone).toBe(false)
  })

  it('turns an answer that is no reply into a problem', async () => {
    answerWith(() => new Response('Forbidden', { status: 403 }))
    const reply = await httpBridge().call('run.look', {})
    expect(reply).toMatchObject({ ok: false, problem: { code: 'page.no-reply' } })
  })
})
