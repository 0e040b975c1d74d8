import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openssl } from '../integration/certificate/openssl.ts'
import { Wizard } from './pages/wizard.ts'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(180_000)

const password = 'w0rt-of-The_file'

/** A protected PFX as an authority or another program hands it over. */
async function issuedPfx(folder: string): Promise<string> {
  const [key, crt, pfx] = ['issued.key', 'issued.crt', 'issued.pfx'].map((name) => join(folder, name))
  const subject = ['-subj', '/CN=issued.example', '-days', '400']
  await openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', crt!, ...subject])
  await openssl(
    ['pkcs12', '-export', '-inkey', key!, '-in', crt!, '-out', pfx!, '-passout', 'stdin'],
    password,
  )
  return pfx!
}

/** What an authority makes of a request. */
async function answerTo(request: string, folder: string): Promise<string> {
  const [key, crt, answer] = ['ca.key', 'ca.crt', 'answer.crt'].map((name) => join(folder, name))
  const ca = ['-subj', '/CN=Example CA', '-days', '900']
  await openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', crt!, ...ca])
  const extensions = join(folder, 'usage.cnf')
  await writeFile(extensions, 'keyUsage=critical,digitalSignature\n')
  const signed = ['-CA', crt!, '-CAkey', key!, '-days', '400', '-extfile', extensions, '-out', answer!]
  await openssl(['x509', '-req', '-in', request, ...signed])
  return answer!
}

test('a certificate from a protected file, its password for a key, and a request that is answered', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { certificate } = wizard
  await wizard.beginPractice()
  for (const step of ['Hosting', 'Prerequisites', 'Database', 'System client', 'Certificate'] as const) {
    await wizard.next.click()
    await wizard.expectStep(step)
    if (step === 'Prerequisites') await wizard.prerequisites.expectNothingStops()
  }

  await certificate.useIssued.check()
  const pfx = await issuedPfx(stateFolder)
  // As “Copy as path” of Windows gives it.
  await certificate.file.fill(`"${pfx}"`)
  await expect(certificate.file).toHaveValue(pfx)
  await certificate.file.press('Enter')
  await expect(wizard.summary).toBeFocused()
  await expect(wizard.summary.getByRole('link')).toHaveText(['The file is protected. Enter its password.'])
  await wizard.summary.getByRole('link').click()
  await expect(certificate.password).toBeFocused()
  await certificate.password.fill('another')
  await certificate.password.blur()
  await expect(page.getByText('does not open the PFX file')).toBeVisible()
  await certificate.password.fill(password)
  await certificate.password.blur()
  await expect(certificate.look).toContainText('CN=issued.example')
  await expect(certificate.look).toContainText('399 days left')
  await expectAccessible(page)

  await certificate.further.click()
  await certificate.pem.check()
  await certificate.pemPassword.fill('creatio')
  await certificate.pemPassword.blur()
  await expect(certificate.strength).toContainText('Use at least 12 characters.')
  await wizard.next.click()
  await expect(wizard.summary).toContainText('The password of openssl.key is too weak.')
  await certificate.generatePassword.click()
  await expect(certificate.strength).toContainText('Meets the recommendations')
  await expect(certificate.pemPassword).toHaveValue('•'.repeat(24))

  await certificate.createRequest.click()
  const dialog = certificate.requestDialog
  await expect(dialog.getByLabel('Key', { exact: true })).toBeFocused()
  await dialog.getByLabel('Key', { exact: true }).selectOption('ECDSA-P256')
  await dialog.getByLabel('Subject').fill('CN=asked.example')
  // Enter is the dialog's own, and says what is missing there.
  await dialog.getByLabel('Subject').press('Enter')
  await expect(certificate.requestFolder).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(certificate.createRequest).toBeFocused()
  await certificate.createRequest.click()
  await dialog.getByLabel('Subject').fill('CN=asked.example')
  await certificate.requestFolder.fill(stateFolder)
  await certificate.requestFolder.press('Enter')
  const request = join(stateFolder, 'identity-service.csr')
  await expect(dialog).toContainText(request)
  await expectAccessible(page)
  // A screen reader hears nothing from outside of a dialog, and nothing of a sentence that stays the same.
  const spoken = dialog.getByRole('status')
  await dialog.getByRole('button', { name: 'Copy path of the request' }).click()
  await expect(spoken).toHaveText('Copied')
  const first = await spoken.textContent()
  await dialog.getByRole('button', { name: 'Copy path of the request' }).click()
  await expect.poll(() => spoken.textContent()).not.toBe(first)
  await expect(spoken).toHaveText('Copied')
  await dialog.getByRole('button', { name: 'Close' }).click()
  expect(await readFile(request, 'utf8')).toContain('BEGIN CERTIFICATE REQUEST')

  const waiting = certificate.request('CN=asked.example')
  const answer = await answerTo(request, stateFolder)
  await waiting.getByRole('button', { name: /^Complete/ }).click()
  await certificate.file.fill(answer)
  await certificate.file.blur()
  await expect(certificate.look).toContainText('Kept here since the request was created')
  await expect(certificate.look).toContainText('CN=Example CA')
  await wizard.next.click()
  await wizard.expectStep('Website')
  await wizard.back.click()
  await expect(certificate.file).toHaveValue(answer)
  await expect(certificate.look).toContainText('CN=asked.example')

  await waiting.getByRole('button', { name: /^Forget/ }).click()
  await dialog.getByRole('button', { name: 'Forget' }).click()
  await expect(waiting).toBeHidden()
})
