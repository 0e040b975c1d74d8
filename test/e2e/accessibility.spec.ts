import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Wizard } from './pages/wizard.ts'
import { expectAccessible } from './support/axe.ts'
import { expectFits } from './support/fits.ts'
import { installPractice } from './support/practice-installation.ts'
import { takePracticePort } from './support/ports.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

/** In three themes and three sizes, by the browser's own means and without a change of what is on the page. */
async function expectReadable(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page).toHaveTitle(/Identity Service Setup$/)
  await expectAccessible(page)
  await expectFits(page)
}

test('every page of a practice installation can be read by everyone, at every size', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  await expect(wizard.start.practiceRun).toBeVisible()
  await expect(page.getByText(/^Looked at in/)).toBeVisible()
  await expectReadable(page)
  await wizard.beginPractice()
  await expectReadable(page)
  await wizard.toReview(() => expectReadable(page))
  await wizard.review.install.click()
  await wizard.expectProven()
  await expectReadable(page)
  await wizard.next.click()
  await wizard.expectStep('Connect to Creatio')
  await expectReadable(page)
  await wizard.next.click()
  await wizard.expectStep('Finish', 'The practice run is complete')
  await expectReadable(page)
  await page.getByRole('button', { name: 'Save log bundle…' }).click()
  await expect(page.getByRole('dialog')).toContainText('run.log')
  await expectReadable(page)
})

test('every page of a replacement, and certificates that are looked at, can be read by everyone', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { certificate, replacement, start } = wizard
  const service = await installPractice(stateFolder)
  await start.lookAgain.click()
  await start.showCertificate(service.name)
  await expectReadable(page)
  await page.keyboard.press('Escape')
  await start.lookAtCertificate.click()
  await start.question
    .getByRole('textbox', { name: 'Certificate file' })
    .fill(join(service.target, 'openssl.pfx'))
  await start.question.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(start.question.getByRole('region', { name: 'What was found' })).toContainText('RSA')
  await expectReadable(page)
  await page.keyboard.press('Escape')

  await wizard.beginReplacement(service.name)
  await expectReadable(page)
  await wizard.goOn('Certificate')
  await certificate.further.click()
  await certificate.pem.check()
  await certificate.pemPassword.fill('creatio')
  await certificate.pemPassword.blur()
  await expect(certificate.strength).toBeVisible()
  await expectReadable(page)
  await certificate.pem.uncheck()
  await certificate.useIssued.check()
  await certificate.createRequest.click()
  await expect(certificate.requestDialog).toBeVisible()
  await expectReadable(page)
  await page.keyboard.press('Escape')
  await certificate.makeNew.check()
  await wizard.goOn('Restart')
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await replacement.elsewhere.check()
  await expectReadable(page)
  await replacement.inPlace.check()
  await replacement.restartMyself.check()
  await wizard.goOn('Review')
  await wizard.review.allSteps()
  await expectReadable(page)
  await replacement.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  await expectReadable(page)
})

test('what goes wrong can be read by everyone, too: faults, questions, failures, an interrupted setup', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  await wizard.start.newInstallation.click()
  await wizard.expectStep('Service files')
  await wizard.files.giveSource('/nowhere/there/is/no.zip')
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await expectReadable(page)
  await wizard.cancel.click()
  await expect(page.getByRole('dialog', { name: 'Leave the setup?' })).toBeVisible()
  await expectReadable(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click()
  await wizard.expectPage('Set up or maintain the Identity Service')

  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Database') return
    await wizard.database.give({ server: '127.0.0.1', port: '1', database: 'd', user: 'u', password: 'p' })
    await wizard.next.click()
    await expect(wizard.summary).toBeFocused()
    await expectReadable(page)
    await wizard.database.way.selectOption('creatio')
    await wizard.database.expectPassed()
  })
  const port = await takePracticePort(stateFolder)
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  await expectReadable(page)
  await port.giveBack()
  await wizard.install.close.click()
  await expect(wizard.start.interrupted).toBeVisible()
  await wizard.start.more.click()
  await expect(wizard.start.discard).toBeVisible()
  await expectReadable(page)
})
