import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectFits } from '../../support/fits.ts'
import { stopPracticeDatabase } from '../../support/practice-database.ts'
import { installPractice } from '../../support/practice-installation.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(300_000)

test('a service that does not start with the new certificate: cause, remedy, and the former one proven again', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const service = await installPractice(stateFolder)
  const former = await service.kids()
  await wizard.beginReplacement(service.name)
  await wizard.replacementToReview()
  const database = await stopPracticeDatabase(stateFolder)
  await wizard.replacement.replace.click()
  await wizard.install.expectFailed()
  const { failure } = wizard.install
  await expect(failure).toContainText(/Cause[\s\S]*database/i)
  await expect(failure).toContainText('Remedy')
  await expectAccessible(page)
  await expectFits(page)

  await database.startAgain()
  await wizard.install.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 60_000 })
  expect(await service.kids()).toEqual(former)
  await wizard.install.close.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  await expect(wizard.start.interrupted).toBeHidden()
  await expect(await wizard.start.showCertificate(service.name)).toContainText(former[0]!)
})

test('a replacement that was cut off is resumed in its own pages, or rolled back, by the next start', async ({
  wizard: first,
  stateFolder,
  reopened,
}) => {
  const server = practiceServer(stateFolder)
  const service = await installPractice(stateFolder)
  const former = await service.kids()
  const before = new Wizard(first)
  await before.beginReplacement(service.name)
  await before.replacementToReview()
  await server.refuseRecycling()
  await before.replacement.replace.click()
  await before.install.expectFailed()

  const page = await reopened('killed')
  const wizard = new Wizard(page)
  await expect(wizard.start.interrupted).toContainText(/Stopped after step \d of \d: .*service/i)
  await wizard.start.resume.click()
  await wizard.expectPage('Installation')
  await expect(page).toHaveTitle('Step 1 of 7: Installation – Identity Service Setup')
  await wizard.replacementToReview()
  await wizard.replacement.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  const replaced = await service.kids()
  expect(replaced).not.toEqual(former)
  await wizard.finish.anotherSetup.click()
  await expect(wizard.start.interrupted).toBeHidden()

  await wizard.beginReplacement(service.name)
  await wizard.replacementToReview()
  await server.refuseRecycling()
  await wizard.replacement.replace.click()
  await wizard.install.expectFailed()
  await wizard.install.close.click()
  await wizard.start.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 60_000 })
  expect(await service.kids()).toEqual(replaced)
  await wizard.install.close.click()
  await expect(wizard.start.interrupted).toBeHidden()
})
