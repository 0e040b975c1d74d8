import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { createRequest } from '../../../electron/certificate/requests/request.ts'

it('a request is for the key that comes with it', async () => {
  const made = await createRequest({ key: 'ECDSA-P384', subject: 'cn=Identity Service,o=Acme' })
  expect(made).toMatchObject({ subject: 'CN=Identity Service, O=Acme', key: 'ECDSA-P384' })
  const publicKey = createPublicKey(createPrivateKey({ key: made.privateKey, format: 'der', type: 'pkcs8' }))
  expect(publicKey.export({ format: 'jwk' })).toEqual(made.publicJwk)
  expect(publicKey.export({ format: 'der', type: 'spki' })).toEqual(made.publicKey)
  expect(Buffer.from(made.csrDer).includes(made.publicKey)).toBe(true)
  expect(made.csrPem).toMatch(
    /^-----BEGIN CERTIFICATE REQUEST-----\n([\w+/=]{1,64}\n)+-----END CERTIFICATE REQUEST-----\n$/,
  )
})

it.each([
  [{ key: 'RSA-2048', subject: 'nonsense' }, 'certificate.subject'],
  [{ key: 'ECDSA-P521', hash: 'SHA-256', subject: 'CN=x' }, 'certificate.hash'],
] as const)('%j is refused', async (wishes, code) => {
  await expect(createRequest(wishes)).rejects.toMatchObject({ problem: { code } })
})

it('stops being waited for when cancelled', async () => {
  const stop = new AbortController()
  const making = createRequest({ key: 'RSA-4096', subject: 'CN=x', signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(making).rejects.toThrow('enough')
})
