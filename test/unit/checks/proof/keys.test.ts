import { beforeAll, expect, it } from 'vitest'
import { createSigningCertificate, type MadeCertificate } from '../../../../electron/certificate/signing.ts'
import { keysCheck } from '../../../../electron/checks/proof/keys.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { json, LOCAL, look, NOW } from './service-world.ts'

let own: MadeCertificate
beforeAll(async () => {
  own = await createSigningCertificate({ now: NOW, days: 365, random: realMachine().random })
})

const publishing = ({ publicJwk }: MadeCertificate) => ({
  [`${LOCAL}/.well-known/openid-configuration/jwks`]: json({
    keys: [{ ...publicJwk, kid: 'OWN', use: 'sig' }],
  }),
})
const daysAfter = (days: number) => new Date(own.notAfter.getTime() + days * 86_400_000)

it('passes when the service publishes the key of the PFX', async () => {
  const { finding } = await look(keysCheck, { pfx: own.pfx, answers: publishing(own) })
  expect(await finding).toMatchObject({
    status: 'passed',
    summary: 'The published key equals the key in the PFX.',
    evidence: [
      { label: 'Certificate', value: expect.stringContaining(own.thumbprint) },
      { label: 'Published', value: 'OWN' },
      { label: 'Valid to', value: expect.stringMatching(/^2027-\d\d-\d\d, 36\d days left$/) },
    ],
  })
})

it('fails when the service signs with another key, and names it', async () => {
  const { finding } = await look(keysCheck, { pfx: own.pfx })
  expect(await finding).toMatchObject({
    status: 'failed',
    cause: 'It was not restarted after the file changed, or reads another file.',
    remedy: { text: expect.stringMatching(/^Restart the service/) },
    evidence: expect.arrayContaining([{ label: 'Published', value: 'K1' }]),
  })
})

it('warns when the key is published with another certificate than that of the PFX', async () => {
  const key = { ...own.publicJwk, kid: 'OWN', use: 'sig', x5t: Buffer.alloc(20, 1).toString('base64url') }
  const answers = { [`${LOCAL}/.well-known/openid-configuration/jwks`]: json({ keys: [key] }) }
  const { finding } = await look(keysCheck, { pfx: own.pfx, answers })
  expect(await finding).toMatchObject({
    status: 'warning',
    cause: 'It was not restarted after the certificate was renewed.',
    remedy: { text: 'Restart the service.' },
  })
})

it.each([
  [-30.5, 'The keys are equal. The certificate ends in 30 days.', 'Plan its replacement.', '30 days left'],
  [-29.5, 'The keys are equal. The certificate ends in 29 days.', 'Plan its replacement.', '29 days left'],
  [-1.5, 'The keys are equal. The certificate ends in 1 day.', 'Plan its replacement.', '1 day left'],
  [-0.5, 'The keys are equal. The certificate ends in 0 days.', 'Plan its replacement.', '0 days left'],
  [0.5, 'The keys are equal. The certificate has ended.', 'Replace it.', 'ended'],
  [400, 'The keys are equal. The certificate has ended.', 'Replace it.', 'ended'],
])('warns %d days after the end of the certificate', async (days, summary, text, shown) => {
  const { finding } = await look(keysCheck, { pfx: own.pfx, answers: publishing(own), now: daysAfter(days) })
  const found = await finding
  expect(found).toMatchObject({ status: 'warning', summary, remedy: { text } })
  expect(found.evidence?.at(-1)?.value).toMatch(new RegExp(`, ${shown}$`))
})

it('says nothing of the end of a certificate that lasts another thirty-one days', async () => {
  const { finding } = await look(keysCheck, { pfx: own.pfx, answers: publishing(own), now: daysAfter(-31) })
  expect(await finding).toMatchObject({ status: 'passed' })
})

it('rejects with the file when there is no PFX, or it cannot be read', async () => {
  const { finding } = await look(keysCheck)
  await expect(finding).rejects.toMatchObject({
    problem: { code: 'proof.pfx', where: { file: '/srv/openssl.pfx' } },
  })
  const garbage = await look(keysCheck, { pfx: Buffer.from('no certificate at all') })
  await expect(garbage.finding).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/^pfx\./), where: { file: '/srv/openssl.pfx' } },
  })
})

it('rejects when the service publishes no key', async () => {
  const none = { [`${LOCAL}/.well-known/openid-configuration/jwks`]: json({ keys: [] }) }
  const { finding } = await look(keysCheck, { pfx: own.pfx, answers: none })
  await expect(finding).rejects.toMatchObject({ problem: { code: 'keys.none' } })
})
