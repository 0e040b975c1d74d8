import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectFits } from '../../support/fits.ts'
import { stopPracticeDatabase } from '../../support/practice-database.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

test('a service that IIS cannot start: cause, remedy and what Windows wrote; tried again, it runs', async ({
  wizard: page,
  stateFolder,
  clipboard,
}) => {
  const wizard = new Wizard(page)
  await wizard.practiceToReview()
  const database = await stopPracticeDatabase(stateFolder)
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  const { failure } = wizard.install
  await expect(failure).toContainText(/Cause[\s\S]*database/i)
  await expect(failure).toContainText('Remedy')
  await expect(failure).toContainText(/500\.30|HTTP/)
  await expect(failure).toContainText(/Npgsql|ECONNREFUSED|Failed to connect/)
  await expectAccessible(page)
  await expectFits(page)
  await failure.getByRole('button', { name: 'Copy evidence' }).click()
  expect(await clipboard()).toMatch(/Npgsql|ECONNREFUSED|Failed to connect/)

  await database.startAgain()
  await wizard.install.retry.click()
  await wizard.expectProven()
})

test('a setup under IIS that is rolled back leaves Windows as it was', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const server = practiceServer(stateFolder)
  await server.make()
  const before = await server.configuration()
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Website') return
    await wizard.website.accessTab.click()
    await wizard.website.protocol.selectOption('https')
    await wizard.website.http.selectOption('redirect')
    await wizard.website.hostName.fill('localhost')
    await wizard.website.hostName.blur()
    await wizard.website.firewall.check()
    await wizard.website.certificate('Practice: this server').getByRole('radio').check()
  })
  await stopPracticeDatabase(stateFolder)
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  expect(await server.configuration()).not.toBe(before)
  await wizard.install.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 30_000 })
  expect(await server.configuration()).toBe(before)
})
