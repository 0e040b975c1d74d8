import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { openssl } from '../../../integration/certificate/openssl.ts'
import { Wizard } from '../../pages/wizard.ts'
import { practiceFiles } from '../../support/practice-files.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

const password = 'Nur-für:Prüfer#2417'

test('a service that signs with ECDSA, its certificate beside the PFX, and on the card of the first page', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { certificate } = wizard
  const { target } = practiceFiles(stateFolder)
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Certificate') return
    await certificate.key.selectOption('ECDSA-P521')
    await certificate.further.click()
    await certificate.cer.check()
    await certificate.pem.check()
    await certificate.pemPassword.fill(password)
    await certificate.pemPassword.blur()
    await expect(certificate.strength).toContainText('Meets the recommendations')
  })
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()

  const { raw, fingerprint } = new X509Certificate(await readFile(join(target, 'openssl.crt')))
  expect(new X509Certificate(await readFile(join(target, 'openssl.cer'))).raw).toEqual(raw)
  const given = join(stateFolder, 'password.txt')
  await writeFile(given, password)
  const opened = ['-in', join(target, 'openssl.key'), '-passin', `file:${given}`]
  expect(await openssl(['pkey', ...opened, '-pubout'])).toBe(
    await openssl(['x509', '-in', join(target, 'openssl.crt'), '-noout', '-pubkey']),
  )

  const found = await wizard.start.showCertificate('IDServiceWebsite')
  await expect(found).toContainText('ECDSA P-521')
  await expect(found).toContainText(`${fingerprint.replaceAll(':', '')}ES512`)
})
