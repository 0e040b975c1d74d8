import { createPrivateKey, X509Certificate } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { certificatePem, chainPem, encryptedKeyPem } from '../../../electron/certificate/pem.ts'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

let privateKey: Buffer
beforeAll(async () => void ({ privateKey } = await createRequest({ key: 'ECDSA-P256', subject: 'CN=x' })))

it.each(['Kettle-Harbour-71_violin', 'Tëe-Hafen-71_Möwe🔑'])(
  'a key opens with %s and no other',
  // Six hundred thousand rounds each time it is derived.
  { timeout: 60_000 },
  async (password) => {
    const key = await encryptedKeyPem(privateKey, new Secret(password))
    const opened = createPrivateKey({ key, passphrase: password })
    expect(opened.export({ format: 'der', type: 'pkcs8' })).toEqual(privateKey)
    expect(() => createPrivateKey({ key, passphrase: `${password}.` })).toThrow(/decrypt/i)
    expect(key.replaceAll('\n', '')).not.toContain(privateKey.toString('base64'))
  },
)

it('the same key looks different each time', async () => {
  const password = new Secret('Kettle-Harbour-71_violin')
  const [one, other] = await Promise.all([
    encryptedKeyPem(privateKey, password),
    encryptedKeyPem(privateKey, password),
  ])
  expect(one).not.toBe(other)
})

it('certificates follow one another', async () => {
  const made = await createSigningCertificate({ key: 'ECDSA-P256', now: new Date(), random: realRandom })
  const { raw } = new X509Certificate(made.certificatePem)
  expect(certificatePem(raw)).toBe(made.certificatePem)
  expect(chainPem([raw, raw])).toBe(made.certificatePem.repeat(2))
})
