import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPfx } from '../../../electron/certificate/read.ts'
import { tlsCertificateCheck } from '../../../electron/checks/prerequisites/docker/tls-certificate.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { subject } from '../../unit/checks/prerequisites/subject.ts'
import { Workshop } from './workshop.ts'

let shop: Workshop

beforeAll(async () => {
  shop = await Workshop.open()
  await shop.selfSigned('host')
}, 30_000)
afterAll(() => shop.close())

const profiles = [
  ['AES-256', []],
  ['3DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
] as const

it.each(profiles)('a PFX for HTTPS opens with a password that is not ASCII: %s', async (_, options) => {
  const password = 'Grüße-Пароль-密码-🔑'
  const pfx = await shop.pfx('host', password, options)
  const certificate = await shop.write('tls.pfx', pfx)
  const look = (tlsPassword: string) =>
    tlsCertificateCheck.look(
      subject({ container: { https: { port: 8443, certificate } }, tlsPassword: new Secret(tlsPassword) }),
    )
  expect(await look(password)).toMatchObject({
    status: 'passed',
    summary: expect.stringMatching(/^CN=host, to /),
  })
  expect(await look('Grusse')).toMatchObject({
    status: 'failed',
    summary: 'The PFX file has a password, and it is another one.',
  })
  const { facts } = await readPfx(pfx, new Secret(password))
  expect(facts?.certificatePem).toBe(new X509Certificate(await shop.read('host.crt')).toString())
  // Node's own TLS takes the same file with the same password: what passes here is what a server opens.
  expect(() => createServer({ pfx, passphrase: password }).close()).not.toThrow()
})
