import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { KeySet } from '../../../electron/oidc/keys.ts'
import { verifyToken } from '../../../electron/oidc/verify.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { codeOf } from './loopback.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const now = new Date('2026-11-21T12:00:00Z')
const seconds = now.getTime() / 1000

const keySet = (key: KeyObject, kid: string, alg: string): KeySet => ({
  keys: [{ ...(key.export({ format: 'jwk' }) as { kty: string }), use: 'sig', kid, alg }],
})
const keys = keySet(rsa.publicKey, 'KIDRS256', 'RS256')
const expected = { expectedClientId: 'IdServiceUser123', issuer: 'creatio.com', now }

/** Header and claims as observed of the service. */
async function token(
  changes: Record<string, unknown> = {},
  header: object = {},
  key: KeyObject = rsa.privateKey,
): Promise<Secret> {
  const claims = {
    nbf: seconds,
    exp: seconds + 3600,
    iss: 'creatio.com',
    aud: 'IdentityServerApi',
    client_id: 'IdServiceUser123',
    scope: ['IdentityServerApi', 'register_own_resource'],
  }
  const signer = new SignJWT({ ...claims, ...changes })
  return new Secret(
    await signer.setProtectedHeader({ alg: 'RS256', kid: 'KIDRS256', typ: 'at+jwt', ...header }).sign(key),
  )
}

describe('a token', () => {
  it('is verified as the service signs it', async () => {
    expect(await verifyToken(await token(), keys, expected)).toEqual({
      keyId: 'KIDRS256',
      algorithm: 'RS256',
      scopes: ['IdentityServerApi', 'register_own_resource'],
      expires: new Date('2026-11-21T13:00:00Z'),
    })
  })

  it('is verified with an EC key, and with its scopes in one text', async () => {
    const signed = await token({ scope: 'a b' }, { alg: 'ES256', kid: 'E' }, ec.privateKey)
    const verified = await verifyToken(signed, keySet(ec.publicKey, 'E', 'ES256'), expected)
    expect(verified).toMatchObject({ algorithm: 'ES256', scopes: ['a', 'b'] })
  })

  it('may come from a host whose clock is a minute off', async () => {
    await verifyToken(await token({ nbf: seconds + 50 }), keys, expected)
    expect(await codeOf(verifyToken(await token({ nbf: seconds + 70 }), keys, expected))).toBe(
      'token.expired',
    )
  })

  it.each<[string, Record<string, unknown>, object, KeyObject]>([
    ['token.signature', {}, {}, foreign.privateKey],
    ['token.unknown-key', {}, { kid: 'OTHER' }, rsa.privateKey],
    ['token.expired', { exp: seconds - 61 }, {}, rsa.privateKey],
    ['token.claim', { iss: 'other.example' }, {}, rsa.privateKey],
    ['token.claim', { client_id: 'another' }, {}, rsa.privateKey],
    ['token.claim', { client_id: undefined }, {}, rsa.privateKey],
    ['token.claim', { exp: undefined }, {}, rsa.privateKey],
    ['token.claim', {}, { typ: 'JWT' }, rsa.privateKey],
  ])('is refused with %s', async (code, changes, header, key) => {
    expect(await codeOf(verifyToken(await token(changes, header, key), keys, expected))).toBe(code)
  })

  it('is refused when it is not signed by a public key, or is no token', async () => {
    const claims = { client_id: 'IdServiceUser123', iss: 'creatio.com', exp: seconds + 60 }
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'KIDRS256', typ: 'at+jwt' })
      .sign(Buffer.from(rsa.publicKey.export({ format: 'pem', type: 'spki' })))
    for (const text of [shared, new UnsecuredJWT(claims).encode(), 'opaque', '', 'a.b.c'])
      expect(await codeOf(verifyToken(new Secret(text), keys, expected))).toBe('token.unreadable')
  })

  it('is refused as unreadable when the published key is none', async () => {
    const broken: KeySet = { keys: [{ kty: 'RSA', kid: 'KIDRS256', n: '!', e: '!' }] }
    expect(await codeOf(verifyToken(await token(), broken, expected))).toMatch(/^token\./)
  })
})
