import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chainPem } from '../../../electron/certificate/pem.ts'
import { writePfx } from '../../../electron/certificate/pkcs12/write.ts'
import { pfxProfiles } from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { createRequest, type MadeRequest } from '../../../electron/certificate/requests/request.ts'
import { openssl } from './openssl.ts'

let folder: string
let request: MadeRequest
let root: X509Certificate
let issued: X509Certificate
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-chain-'))
  request = await createRequest({ key: 'ECDSA-P384', subject: 'CN=Identity Service, O=Acme' })
  const authority = ['-keyout', at('root.key'), '-out', at('root.crt'), '-subj', '/CN=Acme Root', '-nodes']
  await openssl(['req', '-x509', '-newkey', 'rsa:2048', '-days', '30', ...authority])
  root = new X509Certificate(await openssl(['x509', '-in', at('root.crt')]))
  await writeFile(at('request.csr'), request.csrPem)
  const signing = ['-CA', at('root.crt'), '-CAkey', at('root.key'), '-days', '30', '-copy_extensions', 'copy']
  issued = new X509Certificate(await openssl(['x509', '-req', '-in', at('request.csr'), ...signing]))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('an authority issues what was asked for', async () => {
  expect(issued.verify(root.publicKey)).toBe(true)
  expect(issued.publicKey.export({ format: 'jwk' })).toEqual(request.publicJwk)
  const text = await openssl(['x509', '-noout', '-text'], issued.toString())
  expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
})

it.each(pfxProfiles)('openssl tells the own certificate from its chain in a PFX by %s', async (profile) => {
  const certificates = [issued.raw, root.raw]
  const { privateKey } = request
  const pfx = await writePfx({ certificates, privateKey, friendlyName: 'x', profile, random: realRandom })
  await writeFile(at('chain.pfx'), pfx)
  const opened = (...which: readonly string[]) =>
    openssl(['pkcs12', '-in', at('chain.pfx'), '-passin', 'pass:', '-nokeys', ...which])
  expect(new X509Certificate(await opened('-clcerts')).fingerprint).toBe(issued.fingerprint)
  expect(new X509Certificate(await opened('-cacerts')).fingerprint).toBe(root.fingerprint)
})

it('openssl follows the chain in its PEM file', async () => {
  await writeFile(at('chain.crt'), chainPem([issued.raw, root.raw]))
  const trusted = ['-CAfile', at('root.crt'), at('chain.crt')]
  expect(await openssl(['verify', ...trusted])).toContain('OK')
})
