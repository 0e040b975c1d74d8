import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { HttpAnswer, HttpRequest } from '../../../electron/machine/machine.ts'
import { TokenWatch } from '../../../electron/oidc/token-watch.ts'
import type { TokenSource } from '../../../electron/oidc/verified-token.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const URL = 'http://localhost:8090'
const SECRET = 'Canary-watch-0123456789'
/** What one exchange takes, and the pause after each question. */
const ASK_MS = 10
const PAUSE_MS = 200

const pairs = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }))
const keyOf = (at: number) => ({
  ...pairs[at]!.publicKey.export({ format: 'jwk' }),
  kid: `K${at}`,
  use: 'sig',
})
const now = new Date('2026-06-01T12:00:00Z')
const token = new SignJWT({ client_id: 'c', scope: [] })
  .setIssuer('creatio.com')
  .setProtectedHeader({ alg: 'RS256', kid: 'K0', typ: 'at+jwt' })
  .setExpirationTime(now.getTime() / 1000 + 3600)
  .sign(pairs[0]!.privateKey)

/** What the service does when it is asked for a token the first, second, … time; it goes on as in the last. */
type Does = 'token' | 'refused' | 'no-client' | 'fails' | 'other-key' | 'hangs' | 'no-discovery'

function json(value: unknown, status = 200): HttpAnswer {
  return { status, headers: {}, body: JSON.stringify(value) }
}

/** A service and a clock of its own: each exchange takes ten milliseconds, and the last answer of a list holds the watch. */
function world(does: readonly Does[]) {
  const seen = { asked: 0, underway: 0, most: 0, urls: [] as string[] }
  let time = 0
  let waiting: (() => void) | undefined
  const over = new Promise<void>((resolve) => (waiting = resolve))
  const current = () => does[Math.min(seen.asked, does.length - 1)]!

  async function answer(url: string, request: HttpRequest): Promise<HttpAnswer> {
    const what = current()
    if (url.endsWith('openid-configuration')) {
      if (what === 'no-discovery') {
        seen.asked++
        throw refused(url)
      }
      return json({
        issuer: 'creatio.com',
        token_endpoint: 'https://elsewhere/connect/token',
        jwks_uri: 'https://elsewhere/jwks',
      })
    }
    if (url.endsWith('/jwks')) {
      const keys = [keyOf(does[seen.asked - 1] === 'other-key' ? 1 : 0)]
      return json({ keys })
    }
    seen.asked++
    if (what === 'refused') throw refused(url)
    if (what === 'no-client') return json({ error: 'invalid_client' }, 400)
    if (what === 'fails') return { status: 500, headers: {}, body: '' }
    if (what === 'hangs')
      return new Promise((_, reject) => {
        waiting!()
        request.signal!.addEventListener('abort', () => reject(refused(url)), { once: true })
      })
    return json({ access_token: await token, expires_in: 3600 })
  }

  const source = {
    localUrl: URL,
    client: { id: 'c', secret: new Secret(SECRET) },
    network: {
      async http(url: string, request: HttpRequest = {}) {
        seen.urls.push(url)
        seen.most = Math.max(seen.most, ++seen.underway)
        time += ASK_MS
        try {
          return await answer(url, request)
        } finally {
          seen.underway--
        }
      },
    },
    clock: {
      now: () => now,
      monotonic: () => time,
      async sleep(ms: number, signal?: AbortSignal) {
        if (seen.asked < does.length) return void (time += ms)
        waiting!()
        await new Promise((_, reject) =>
          signal!.addEventListener('abort', () => reject(new Error('aborted'))),
        )
      },
    },
  } as unknown as TokenSource
  return { source, seen, over }
}

function refused(url: string): SetupError {
  return new SetupError({ code: 'http.refused', what: `${url} refuses.`, next: 'Start it.' })
}

async function watched(...does: readonly Does[]) {
  const { source, over, seen } = world(does)
  const watch = new TokenWatch(source, { pauseMs: PAUSE_MS })
  await over
  return { ...(await watch.stop()), first: await watch.first, most: seen.most, urls: seen.urls }
}

test('a service that always gives a token has no failure', async () => {
  const seen = await watched('token', 'token', 'token')
  expect(seen).toMatchObject({
    askedTimes: 3,
    failures: 0,
    longestMs: 0,
    totalMs: 0,
    first: 'token',
    most: 1,
  })
  expect(seen.slowestMs).toBe(3 * ASK_MS)
  expect(seen).not.toHaveProperty('firstFailure')
})

test('it asks by the address of this machine, whatever the document says', async () => {
  const { urls } = await watched('token', 'token')
  expect(urls).toEqual([
    `${URL}/.well-known/openid-configuration`,
    `${URL}/connect/token`,
    `${URL}/jwks`,
    `${URL}/connect/token`,
    `${URL}/jwks`,
  ])
})

test('an outage lasts from the first question that failed to the answer of the next that did not', async () => {
  const seen = await watched('token', 'refused', 'refused', 'token')
  // Two questions of one exchange and two pauses, then a token and the keys.
  const ms = 2 * (ASK_MS + PAUSE_MS) + 2 * ASK_MS
  expect(seen).toMatchObject({ askedTimes: 4, failures: 2, longestMs: ms, totalMs: ms })
  expect(seen.firstFailure).toMatchObject({ code: 'token.refused' })
})

test('the longest of two outages counts, and both together', async () => {
  const one = ASK_MS + PAUSE_MS + 2 * ASK_MS
  const two = 2 * (ASK_MS + PAUSE_MS) + 2 * ASK_MS
  const seen = await watched('token', 'fails', 'token', 'fails', 'refused', 'token')
  expect(seen).toMatchObject({ failures: 3, longestMs: two, totalMs: one + two })
  expect(seen.firstFailure).toMatchObject({ code: 'token.signing-failed' })
})

test('a token that the published keys do not verify is none', async () => {
  const seen = await watched('token', 'other-key', 'token')
  expect(seen).toMatchObject({ failures: 1, firstFailure: { code: 'token.unknown-key' } })
})

test('a service that refuses the client is not away', async () => {
  const seen = await watched('no-client', 'no-client')
  expect(seen).toMatchObject({ askedTimes: 2, failures: 0, totalMs: 0, first: 'refused' })
  expect(seen.refusal).toMatchObject({ code: 'token.invalid-client' })
})

test('a service that does not run yet is asked for its addresses again', async () => {
  const seen = await watched('no-discovery', 'no-discovery', 'token')
  expect(seen).toMatchObject({ askedTimes: 3, failures: 2, first: 'failed' })
  expect(seen.firstFailure).toMatchObject({ code: 'discovery.refused' })
})

test('stopping ends a question that hangs, and it is no failure; an outage lasts until then', async () => {
  expect(await watched('token', 'hangs')).toMatchObject({ askedTimes: 1, failures: 0, totalMs: 0 })
  const away = await watched('token', 'refused', 'hangs')
  expect(away).toMatchObject({ askedTimes: 2, failures: 1, longestMs: ASK_MS + PAUSE_MS + ASK_MS })
})

test('stopped twice it says the same, and shows no secret', async () => {
  const { source, over } = world(['token', 'fails', 'no-client'])
  const watch = new TokenWatch(source, { pauseMs: PAUSE_MS })
  await over
  const first = await watch.stop()
  expect(await watch.stop()).toEqual(first)
  expect(JSON.stringify(first)).not.toContain(SECRET)
})
