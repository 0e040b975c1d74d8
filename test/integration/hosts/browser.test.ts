import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startBrowserHost, type BrowserHost } from '../../../electron/hosts/browser.ts'
import { fakeBackEnd, type FakeBackEnd } from '../../unit/hosts/fake-back-end.ts'

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let pages: string
let backEnd: FakeBackEnd
let host: BrowserHost
let port: number

beforeEach(async () => {
  pages = await mkdtemp(join(tmpdir(), 'host-'))
  await writeFile(join(pages, 'index.html'), '<title>Wizard</title><i nonce="__CSP_NONCE__"></i>')
  await writeFile(join(pages, 'app.js'), 'export {}')
  backEnd = fakeBackEnd({
    'ports.suggest': () => Promise.resolve({ http: 1, https: 2 }),
    'clipboard.write': () => Promise.resolve(null),
  })
  host = await startBrowserHost({ backEnd, pages })
  port = Number(new URL(host.url).port)
})
afterEach(async () => {
  await host.close()
  await rm(pages, { recursive: true })
})

/** A raw request: what a browser would never let a page send, an attacker's program can. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function signIn(): Promise<string> {
  const { pathname, search } = new URL(host.url)
  const answer = await ask(pathname + search)
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

const own = () => `http://127.0.0.1:${port}`
const good = (cookie: string) => ({ cookie, origin: own(), 'content-type': 'application/json' })
const suggest = (headers: Record<string, string>, body: string | Buffer = '{}') =>
  ask('/api/ports.suggest', headers, 'POST', body)

describe('the way in', () => {
  it('turns the token into a cookie that scripts and other sites cannot use, and out of the address', async () => {
    const { pathname, search } = new URL(host.url)
    const answer = await ask(pathname + search)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(answer.headers['set-cookie']?.[0]).not.toContain(search.slice(7))
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
  })

  it('serves the pages to that browser, with the policy and without caching', async () => {
    const answer = await ask('/', { cookie: await signIn() })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>Wizard</title>')
    const nonce = /nonce="([^"]+)"/.exec(answer.body)?.[1]
    expect(answer.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('explains itself when the token is used a second time', async () => {
    await signIn()
    const { pathname, search } = new URL(host.url)
    const answer = await ask(pathname + search)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).toContain('This address was used already')
  })

  it.each(['', 'wrong', 'A'.repeat(43)])(
    'refuses the token "%s" and keeps the right one usable',
    async (token) => {
      expect((await ask(`/?token=${token}`)).status).toBe(403)
      expect(await signIn()).not.toBe('')
    },
  )

  it('does not use the token up for a browser that only looks ahead', async () => {
    const { pathname, search } = new URL(host.url)
    expect((await ask(pathname + search, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(503)
    expect((await ask(pathname + search, {}, 'HEAD')).status).toBe(403)
    expect(await signIn()).not.toBe('')
  })

  it.each(['/', '/app.js', '/api/events'])('shows %s to nobody without the cookie', async (path) => {
    expect((await ask(path)).status).toBe(403)
    expect((await ask(path, { cookie: `identity-setup-${port}=guess` })).status).toBe(403)
  })

  it('listens on 127.0.0.1 alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => (scopeid ? undefined : address))
      .filter((address) => address !== undefined && address !== '127.0.0.1')
    for (const address of ['127.0.0.2', ...others]) {
      const opened = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address!, port }, () => resolve(true)).on('error', () =>
          resolve(false),
        )
        socket.on('close', () => undefined)
        socket.setTimeout(1000, () => resolve(false))
        socket.unref()
      })
      expect(opened, `reachable by ${address}`).toBe(false)
    }
  })
})

describe('calls', () => {
  it('answers its own page', async () => {
    const answer = await suggest(good(await signIn()))
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { http: 1, https: 2 } })
  })

  it('answers its own page under the name localhost', async () => {
    const origin = `http://localhost:${port}`
    const cookie = await signIn()
    const answer = await suggest({ ...good(cookie), host: `localhost:${port}`, origin })
    expect(answer.status).toBe(200)
  })

  it.each([
    ['a rebound name', () => ({ host: `evil.example:${port}`, origin: `http://evil.example:${port}` })],
    ['a name that only begins right', () => ({ host: `127.0.0.1.evil.example:${port}` })],
    ['another port', () => ({ host: '127.0.0.1:1' })],
    ['no port', () => ({ host: '127.0.0.1' })],
    ['a foreign origin', () => ({ origin: 'http://evil.example' })],
    ['another port of this machine as origin', () => ({ origin: 'http://127.0.0.1:3000' })],
    ['localhost as origin of 127.0.0.1', () => ({ origin: `http://localhost:${port}` })],
    ['an opaque origin', () => ({ origin: 'null' })],
    ['https as origin', () => ({ origin: `https://127.0.0.1:${port}` })],
    ['a cross-site fetch', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a same-site fetch', () => ({ 'sec-fetch-site': 'same-site' })],
  ])('refuses %s', async (_, wrong) => {
    const answer = await suggest({ ...good(await signIn()), ...wrong() })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, problem: { next: expect.any(String) } })
  })

  it('refuses a call without Origin', async () => {
    const { cookie, 'content-type': type } = good(await signIn())
    expect((await suggest({ cookie, 'content-type': type })).status).toBe(403)
  })

  it('refuses a call without the cookie', async () => {
    await signIn()
    const { origin, 'content-type': type } = good('')
    expect((await suggest({ origin, 'content-type': type })).status).toBe(403)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/plain; application/json',
    '',
  ])('refuses the content type "%s", which a form of another site can send', async (type) => {
    const answer = await suggest({ ...good(await signIn()), 'content-type': type })
    expect(answer.status).toBe(415)
  })

  it('takes JSON with a charset', async () => {
    const type = 'application/json; charset=utf-8'
    expect((await suggest({ ...good(await signIn()), 'content-type': type })).status).toBe(200)
  })

  it('refuses what is longer than 1 MiB, told or not told beforehand', async () => {
    const headers = good(await signIn())
    const body = Buffer.alloc(3 * 1024 * 1024, 0x20)
    expect((await suggest({ ...headers, 'content-length': String(body.length) }, body)).status).toBe(413)
    expect((await suggest({ ...headers, 'transfer-encoding': 'chunked' }, body)).status).toBe(413)
    expect((await suggest(headers)).status).toBe(200)
  })

  it.each(['', '{', 'null{}', '\u0000'])('refuses the body %j', async (body) => {
    expect((await suggest(good(await signIn()), body)).status).toBe(400)
  })

  it.each(['nope', '__proto__', 'constructor', '', 'ports.suggest/x', '%70orts.suggest'])(
    'knows no call "%s"',
    async (name) => {
      const answer = await ask(`/api/${name}`, good(await signIn()), 'POST', '{}')
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, problem: { code: 'call.unknown' } })
    },
  )

  it('grants no preflight and no other method', async () => {
    const cookie = await signIn()
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask('/api/ports.suggest', { cookie, origin: 'http://evil.example' }, method)
      expect(answer.status).toBe(405)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('is not fooled by a call made with GET', async () => {
    expect((await ask('/api/ports.suggest', { cookie: await signIn() })).status).toBe(404)
  })
})

describe('files', () => {
  it.each([
    '/../package.json',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/app.js/..%5c',
  ])('has none outside its folder: %s', async (path) => {
    expect((await ask(path, { cookie: await signIn() })).status).toBe(404)
  })

  it('gives no script to a foreign page', async () => {
    const cookie = await signIn()
    expect((await ask('/app.js', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask('/app.js', { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('survives addresses that are none', async () => {
    expect((await ask('http://[', { cookie: await signIn() })).status).toBe(404)
  })
})

describe('events', () => {
  it('streams what the back end says, and forgets pages that go away', async () => {
    const cookie = await signIn()
    const text = await new Promise<string>((resolve, reject) => {
      const stream = request(
        { host: '127.0.0.1', port, path: '/api/events', headers: { cookie } },
        (response) => {
          expect(response.headers['content-type']).toContain('text/event-stream')
          let heard = ''
          response.on('data', (chunk: Buffer) => {
            heard += chunk.toString()
            if (!heard.includes('data: '))
              backEnd.emit({ topic: 'working', operation: 'a', text: 'line 1\nline 2' })
            else {
              stream.destroy()
              resolve(heard)
            }
          })
        },
      )
      stream.on('error', reject)
      stream.end()
    })
    expect(text).toContain('data: {"topic":"working","operation":"a","text":"line 1\\nline 2"}\n\n')
  })

  it('ends its streams and its subscription when it closes', async () => {
    const cookie = await signIn()
    const ended = new Promise<void>((resolve) => {
      request({ host: '127.0.0.1', port, path: '/api/events', headers: { cookie } }, (response) => {
        response.on('data', () => void host.close())
        response.on('close', resolve)
      }).end()
    })
    await ended
    expect(backEnd.listeners.size).toBe(0)
  })
})

describe('starting', () => {
  it('says when the port is taken', async () => {
    await expect(startBrowserHost({ backEnd, pages, port })).rejects.toMatchObject({
      problem: { code: 'serve.port', cause: 'Another program listens on it.' },
    })
  })

  it('says when the pages were not built', async () => {
    await expect(startBrowserHost({ backEnd, pages: join(pages, 'none') })).rejects.toMatchObject({
      problem: { code: 'serve.pages' },
    })
  })
})
