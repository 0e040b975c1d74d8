import { generateKeyPairSync } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { readDiscovery } from '../../../electron/oidc/discovery.ts'
import { judgeDiscovery } from '../../../electron/oidc/judge.ts'
import { findKey, readKeys } from '../../../electron/oidc/keys.ts'
import { fetchToken } from '../../../electron/oidc/token.ts'
import { verifyToken } from '../../../electron/oidc/verify.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

/** A certified provider by other people: what only fits our own practice service would fail here. */
const { network } = realMachine()
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const secret = new Secret('independent-provider-secret-0001')
let server: Server
let url: string

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'IndependentClient',
        client_secret: secret.open(),
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:independent:api',
        getResourceServerInfo: () => ({
          scope: 'api',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
  server.on('request', provider.callback())
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('a provider by other people', () => {
  it('is read, judged, and its token verified', async () => {
    const document = await readDiscovery(network, url)
    expect(judgeDiscovery(document, url).map(({ level }) => level)).not.toContain('failed')
    const keys = await readKeys(network, document.jwks_uri)
    const { token } = await fetchToken(network, document.token_endpoint, 'IndependentClient', secret)
    const verified = await verifyToken(token, keys, {
      expectedClientId: 'IndependentClient',
      issuer: document.issuer,
      now: new Date(),
    })
    expect(verified.algorithm).toBe('RS256')
    const { n, e } = publicKey.export({ format: 'jwk' })
    expect(findKey(keys, { kty: 'RSA', n: n!, e: e! }, '00'.repeat(20))).toMatchObject({ found: true })
  })

  it('refuses a wrong secret in words', async () => {
    const document = await readDiscovery(network, url)
    const wrong = fetchToken(
      network,
      document.token_endpoint,
      'IndependentClient',
      new Secret('not-the-secret-of-that-client-01'),
    )
    await expect(wrong).rejects.toThrow(SetupError)
    await expect(wrong).rejects.toMatchObject({ problem: { code: 'token.invalid-client' } })
  })
})
