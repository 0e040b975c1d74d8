import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Network } from '../../../electron/machine/machine.ts'
import { readDiscovery } from '../../../electron/oidc/discovery.ts'
import { judgeDiscovery } from '../../../electron/oidc/judge.ts'
import { findKey, readKeys } from '../../../electron/oidc/keys.ts'
import { fetchToken } from '../../../electron/oidc/token.ts'
import { verifyToken } from '../../../electron/oidc/verify.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

/** Only what is answered matters here; how answers travel is tested with real servers. */
const answering = (status: number, body: string, headers: Record<string, string> = {}): Network => ({
  http: () => Promise.resolve({ status, headers, body }),
  lookup: () => Promise.reject(new Error('not asked')),
  portFree: () => Promise.reject(new Error('not asked')),
})

/** JSON that looks right at first: the names are those of the standard, the values are anything. */
function jsonWith(...names: string[]) {
  const value = fc.oneof(fc.jsonValue(), fc.webUrl(), fc.constantFrom('http://h/x', ''))
  const likely = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: names.length })
  return fc.oneof(likely, fc.jsonValue()).map((data) => JSON.stringify(data))
}

async function onlyInWords(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError)
    expect((error as SetupError).problem.next).toMatch(/^[A-Z][a-z]+ /)
  }
}

const publicUrl = 'http://identity.example'

describe('whatever a server answers', () => {
  it('a discovery document is read and judged, or refused in words', async () => {
    const fields = ['issuer', 'token_endpoint', 'jwks_uri', 'grant_types_supported']
    await fc.assert(
      fc.asyncProperty(jsonWith(...fields), (body) =>
        onlyInWords(async () =>
          judgeDiscovery(await readDiscovery(answering(200, body), publicUrl), publicUrl),
        ),
      ),
      { numRuns: 500 },
    )
  })

  it('keys are read and compared, or refused in words', async () => {
    const key = jsonWith('kty', 'use', 'kid', 'n', 'e', 'x5t', 'x5c', 'alg').map(
      (text) => `{"keys":[${text}]}`,
    )
    const token = new Secret('eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.AAAA')
    await fc.assert(
      fc.asyncProperty(key, (body) =>
        onlyInWords(async () => {
          const keys = await readKeys(answering(200, body), publicUrl)
          findKey(keys, { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'AB')
          await verifyToken(token, keys, { expectedClientId: 'c', issuer: 'i', now: new Date(0) })
        }),
      ),
      { numRuns: 500 },
    )
  })

  it('a token is fetched, or refused in words', async () => {
    const body = fc.oneof(
      jsonWith('access_token', 'expires_in', 'scope', 'error', 'error_description'),
      fc.string(),
    )
    const status = fc.constantFrom(200, 201, 204, 302, 400, 401, 404, 418, 500, 503)
    const headers = fc.oneof(
      fc.constant({}),
      fc.string().map((location) => ({ location })),
    )
    await fc.assert(
      fc.asyncProperty(status, body, headers, (code, text, extra) =>
        onlyInWords(() =>
          fetchToken(answering(code, text, extra), publicUrl, 'id', new Secret('secret-value')),
        ),
      ),
      { numRuns: 500 },
    )
  })
})
