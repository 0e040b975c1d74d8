import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { MadeCertificate } from '../../../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../../../electron/certificate/tls.ts'
import { tlsCertificateCheck } from '../../../../electron/checks/prerequisites/docker/tls-certificate.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { inFolder, subject } from './subject.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
let made: MadeCertificate
beforeAll(async () => {
  made = await createTlsCertificate({
    hosts: ['identity.example.com'],
    now: NOW,
    random: realMachine().random,
  })
})

const look = (bytes: Uint8Array | string | undefined, now = NOW) =>
  inFolder(async (folder) => {
    const certificate = join(folder, 'tls.pfx')
    if (bytes !== undefined) await writeFile(certificate, bytes)
    const machine = realMachine()
    const clock = { ...machine.clock, now: () => now }
    const container = { https: { port: 8443, certificate } }
    return tlsCertificateCheck.look(subject({ machine: { ...machine, clock }, container }))
  })

it('is not asked for where no HTTPS is published', async () => {
  expect(await tlsCertificateCheck.look(subject())).toMatchObject({ status: 'not-applicable' })
})

it('warns that a certificate made here is for development', async () => {
  expect(await tlsCertificateCheck.look(subject({ container: { https: { port: 8443 } } }))).toMatchObject({
    status: 'warning',
    remedy: { text: expect.stringMatching(/^Import it/) },
  })
})

it('passes for one that is current', async () => {
  expect(await look(made.pfx)).toMatchObject({
    status: 'passed',
    summary: expect.stringMatching(/^CN=identity\.example\.com, to 2027-/),
  })
})

it('fails for one that has ended, and for one that has not begun', async () => {
  expect(await look(made.pfx, new Date(made.notAfter.getTime()))).toMatchObject({
    status: 'failed',
    summary: 'The certificate has ended.',
  })
  expect(await look(made.pfx, new Date(made.notBefore.getTime() - 1000))).toMatchObject({
    status: 'failed',
    summary: expect.stringMatching(/^The certificate is not valid before 2026-/),
  })
})

it('fails when the file is not there, or is no PFX', async () => {
  expect(await look(undefined)).toMatchObject({
    status: 'failed',
    summary: 'The certificate file is not there.',
    remedy: { text: 'Correct the path of the PFX file.' },
  })
  expect(await look('')).toMatchObject({ status: 'failed' })
  expect(await look(made.certificatePem)).toMatchObject({
    status: 'failed',
    remedy: { text: expect.stringMatching(/^Convert it/) },
  })
})
