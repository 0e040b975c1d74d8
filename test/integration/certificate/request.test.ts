import { describe, expect, it } from 'vitest'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { signatureHashes, signingKeys } from '../../../electron/contract/certificate.ts'
import { openssl, opensslStreams } from './openssl.ts'

const subject = 'CN=Ünïcode 🔑, O=Acme\\, Ltd, C=CY'
/** What openssl calls the signature. */
const signatures = {
  'RSA-2048': /sha256WithRSAEncryption/,
  'RSA-3072': /sha256WithRSAEncryption/,
  'RSA-4096': /sha256WithRSAEncryption/,
  'ECDSA-P256': /ecdsa-with-SHA256/,
  'ECDSA-P384': /ecdsa-with-SHA384/,
  'ECDSA-P521': /ecdsa-with-SHA512/,
}

describe('a certificate request', () => {
  it.each(signingKeys)(
    'with a key of the kind %s is verified by openssl',
    { timeout: 120_000 },
    async (key) => {
      const made = await createRequest({ key, subject })
      const { stdout, stderr } = await opensslStreams(['req', '-verify', '-text', '-noout'], made.csrPem)
      expect(stdout + stderr).toMatch(/verify OK/i)
      expect(stdout).toMatch(signatures[key])
      expect(stdout).toMatch(/Key Usage: critical\s+Digital Signature\n/)
      const asked = await openssl(
        ['req', '-noout', '-subject', '-nameopt', 'RFC2253,utf8,-esc_msb'],
        made.csrPem,
      )
      expect(asked.trim()).toBe('subject=CN=Ünïcode 🔑,O=Acme\\, Ltd,C=CY')
      const ofKey = await openssl(['pkey', '-inform', 'DER', '-pubout'], made.privateKey)
      expect(await openssl(['req', '-noout', '-pubkey'], made.csrPem)).toBe(ofKey)
    },
  )

  it.each(signatureHashes)('is signed with %s when that is asked for', async (hash) => {
    const { csrPem } = await createRequest({ key: 'RSA-2048', hash, subject })
    const name = `${hash.replace('-', '').toLowerCase()}WithRSAEncryption`
    expect(await openssl(['req', '-text', '-noout'], csrPem)).toContain(name)
  })
})
