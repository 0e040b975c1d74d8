import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPfx } from '../../../electron/certificate/pkcs12/open.ts'
import { writePfx } from '../../../electron/certificate/pkcs12/write.ts'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { pfxProfiles } from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'

let certificates: Buffer[]
let privateKey: Buffer
beforeAll(async () => {
  const make = () => createSigningCertificate({ key: 'ECDSA-P256', now: new Date(), random: realRandom })
  const made = await Promise.all([make(), make(), make()])
  certificates = made.map(({ certificatePem }) => new X509Certificate(certificatePem).raw)
  ;({ privateKey } = await createRequest({ key: 'RSA-2048', subject: 'CN=x' }))
})

const about = { friendlyName: 'Signing key 🔑', random: realRandom }

describe.each(pfxProfiles)('a PFX of the profile %s', (profile) => {
  it('gives back what was put in: the own certificate first, then its chain', async () => {
    const opened = await openPfx(await writePfx({ ...about, certificates, privateKey, profile }), undefined)
    expect(opened).toMatchObject({ certificates, privateKeys: [privateKey], sealed: true })
  })

  it('shows neither key nor certificate, and opens with no password only', async () => {
    const pfx = Buffer.from(await writePfx({ ...about, certificates, privateKey, profile }))
    for (const part of [...certificates, privateKey]) expect(pfx.includes(part.subarray(20, 60))).toBe(false)
    expect(await openPfx(pfx, 'x')).toEqual({ refused: 'wrong-password' })
  })

  it('looks different each time', async () => {
    const [one, other] = await Promise.all([
      writePfx({ ...about, certificates, privateKey, profile }),
      writePfx({ ...about, certificates, privateKey, profile }),
    ])
    expect(Buffer.from(one).equals(other)).toBe(false)
  })

  it('notices a change', async () => {
    const pfx = Buffer.from(await writePfx({ ...about, certificates, privateKey, profile }))
    pfx[200]! ^= 1
    expect(await openPfx(pfx, undefined)).toMatchObject({ refused: expect.stringMatching(/password|unread/) })
  })
})

it('a PFX needs a certificate', async () => {
  await expect(writePfx({ ...about, certificates: [], privateKey, profile: 'AES-256' })).rejects.toThrow(
    RangeError,
  )
})
