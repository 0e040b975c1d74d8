import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RsaPublicJwk } from '../../../electron/certificate/keys.ts'
import { createSigningCertificate, type MadeCertificate } from '../../../electron/certificate/signing.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { findKey, type PublishedKey, readKeys } from '../../../electron/oidc/keys.ts'
import { always, codeOf, loopback } from './loopback.ts'

const { network, random } = realMachine()
let own: MadeCertificate
let other: MadeCertificate
beforeAll(async () => {
  own = await createSigningCertificate({ now: new Date(), random })
  other = await createSigningCertificate({ now: new Date(), random })
})

/** As the service was seen to publish a key: named after its certificate, with the certificate. */
function published(made: MadeCertificate): PublishedKey {
  return {
    ...made.publicJwk,
    use: 'sig',
    kid: `${made.thumbprint}RS256`,
    x5t: Buffer.from(made.thumbprint, 'hex').toString('base64url'),
    x5c: [new X509Certificate(made.certificatePem).raw.toString('base64')],
    alg: 'RS256',
  }
}

const find = (...keys: PublishedKey[]) => findKey({ keys }, own.publicJwk, own.thumbprint)

describe('looking for the key of a certificate', () => {
  it('finds it among others, with its certificate', () => {
    expect(find(published(other), published(own))).toEqual({
      found: true,
      key: published(own),
      certificate: 'same',
    })
  })

  it('goes by the public key where no certificate is published', () => {
    const { x5t: _, x5c: __, kid: ___, ...bare } = published(own)
    expect(find(bare)).toMatchObject({ found: true, certificate: 'unnamed' })
    expect(find({ ...bare, kid: 'key of 2026' })).toMatchObject({ found: true, certificate: 'unnamed' })
  })

  it('takes the certificate from the name of a bare key, as an EC key has one', () => {
    const { x5t: _, x5c: __, ...bare } = published(own)
    expect(find(bare)).toMatchObject({ found: true, certificate: 'same' })
    expect(find({ ...bare, kid: `${other.thumbprint}ES256` })).toMatchObject({
      found: true,
      certificate: 'other',
    })
  })

  it('goes by numbers, not by how they are spelled', () => {
    const { n } = own.publicJwk as RsaPublicJwk
    const zeroed = Buffer.concat([Buffer.of(0), Buffer.from(n, 'base64url')]).toString('base64')
    expect(find({ ...published(own), n: zeroed, e: 'AAEAAQ==' })).toMatchObject({ found: true })
  })

  it('says when the same key comes with another certificate, as after a renewal', () => {
    const { x5t, x5c } = published(other)
    expect(find({ ...published(own), x5t: x5t!, x5c: x5c! })).toMatchObject({
      found: true,
      certificate: 'other',
    })
  })

  it('is not taken in by a name', () => {
    const { kid, x5t } = published(own)
    expect(find({ ...published(other), kid: kid!, x5t: x5t! })).toEqual({ found: false, published: [kid] })
    expect(find({ kty: 'RSA' }, { kty: 'RSA', n: '', e: '' })).toMatchObject({ found: false })
  })

  it('compares EC keys by curve and both coordinates', () => {
    const expected = { kty: 'EC', crv: 'P-256', x: '5QNr', y: 'wxp-' } as const
    const of = (key: object) => findKey({ keys: [{ ...expected, ...key }] }, expected, 'AA').found
    expect(of({})).toBe(true)
    expect(of({ x: 'AOUDaw==' })).toBe(true)
    expect(of({ crv: 'P-384' })).toBe(false)
    expect(of({ y: '5QNr' })).toBe(false)
  })
})

describe('reading the keys', () => {
  it('takes them as the service writes them, + escaped', async () => {
    const body = JSON.stringify({ keys: [published(own)] }).replaceAll('+', '\\u002B')
    await using server = await loopback(always(200, body))
    expect(await readKeys(network, server.url)).toEqual({ keys: [published(own)] })
  })

  it.each([
    ['{"keys":[]}', 'keys.none'],
    ['{}', 'keys.none'],
    ['{"keys":[null,7,{"use":"sig"}]}', 'keys.none'],
    ['{"keys":[{"kty":"RSA","use":"enc"}]}', 'keys.none'],
    ['<html>', 'keys.html'],
    ['{"keys"', 'keys.broken-json'],
  ])('says what is wrong with %s', async (body, code) => {
    await using server = await loopback(always(200, body))
    expect(await codeOf(readKeys(network, server.url))).toBe(code)
  })
})
