import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { fetchToken } from '../../../electron/oidc/token.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { always, codeOf, loopback } from './loopback.ts'

const { network } = realMachine()
const secret = new Secret('a"b\\c d&e=f+g%h;ü🔑')

describe('asking for a token', () => {
  it('posts id and secret as a form that survives every character', async () => {
    const asked: { request: IncomingMessage; form: Record<string, string> }[] = []
    await using server = await loopback(async (request, answer) => {
      asked.push({ request, form: Object.fromEntries(new URLSearchParams(await text(request))) })
      answer.end('{"access_token":"a.b.c","expires_in":3600,"token_type":"Bearer","scope":"x y"}')
    })
    const fetched = await fetchToken(network, `${server.url}/connect/token`, 'id&=+', secret, {
      scope: 'x y',
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]!.request).toMatchObject({ method: 'POST', url: '/connect/token' })
    expect(asked[0]!.request.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(asked[0]!.form).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id&=+',
      client_secret: secret.open(),
      scope: 'x y',
    })
    expect(fetched.token.open()).toBe('a.b.c')
    expect(JSON.stringify(fetched)).toBe('{"token":"[hidden]","expiresIn":3600,"scope":"x y"}')
  })

  it.each([
    [400, '{"error":"invalid_client"}', 'token.invalid-client'],
    [401, '{"error":"invalid_client"}', 'token.invalid-client'],
    [400, '{"error":"unauthorized_client"}', 'token.unauthorized-client'],
    [400, '{"error":"invalid_scope"}', 'token.invalid-scope'],
    [400, '{"error":"unsupported_grant_type"}', 'token.unsupported-grant-type'],
    [400, '{"error":"invalid_request"}', 'token.invalid-request'],
    [400, '{"error":"slow_down"}', 'token.refused-by-service'],
    [400, '{"error":"constructor"}', 'token.refused-by-service'],
    [400, '<html>Bad Request</html>', 'token.status'],
    [500, '', 'token.signing-failed'],
    [500, '<html>', 'token.service-failed'],
    [404, '', 'token.not-found'],
    [200, '{"token":"x"}', 'token.no-token'],
    [200, '{"access_token":"ey', 'token.broken-json'],
    [200, '<html>', 'token.html'],
  ])('%i with %s is %s', async (status, body, code) => {
    await using server = await loopback(always(status, body))
    expect(await codeOf(fetchToken(network, server.url, 'id', secret))).toBe(code)
  })

  it('repeats neither the secret nor the token in what it says', async () => {
    const echo = JSON.stringify({ error: 'invalid_client', error_description: `no such: ${secret.open()}` })
    await using unkind = await loopback(always(400, echo))
    await using cut = await loopback(always(200, '{"access_token":"eyJhbGciOi'))
    for (const server of [unkind, cut]) {
      const error = await fetchToken(network, server.url, 'id', secret).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(SetupError)
      const said = JSON.stringify((error as SetupError).problem)
      expect(said).not.toContain(JSON.stringify(secret.open()).slice(1, -1))
      expect(said).not.toContain('eyJ')
    }
  })
})
