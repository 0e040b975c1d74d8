import { Wizard } from './pages/wizard.ts'
import { takePracticePort } from './support/ports.ts'
import { practiceFiles } from './support/practice-files.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(180_000)

test('a failed step shows cause, remedy and evidence; tried again without the cause, it succeeds', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  await wizard.practiceToReview()
  const port = await takePracticePort(stateFolder)
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  await expect(wizard.currentStep).toContainText('failed')
  await expect(wizard.install.failure).toContainText('Cause')
  await expect(wizard.install.failure).toContainText('Remedy')
  await expect(wizard.install.failure).toContainText('Evidence')
  await expect(wizard.install.failure).toContainText(/port/i)
  await wizard.install.logTab.click()
  await expect(wizard.install.failure).toContainText('extract')
  await expect(page.getByRole('main').getByText(/Nothing was rolled back\.$/)).toBeVisible()

  await port.giveBack()
  await wizard.install.retry.click()
  await wizard.expectProven()
})

test('a failed setup that is rolled back leaves nothing', async ({ wizard: page, stateFolder }) => {
  const wizard = new Wizard(page)
  const files = practiceFiles(stateFolder)
  await wizard.practiceToReview()
  const before = await files.all()
  const port = await takePracticePort(stateFolder)
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  expect((await files.all()).length).toBeGreaterThan(before.length)
  await wizard.install.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 30_000 })
  // The buttons come and go with the state; who works by keys or by ear still knows where they are.
  await expect(wizard.heading).toBeFocused()
  await expect(wizard.spoken).toContainText('Rolled back. Everything done is taken back.')
  await port.giveBack()
  expect(await files.all()).toEqual(before)

  await wizard.install.close.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  await expect(wizard.start.tasks).toBeVisible()
  await expect(wizard.start.interrupted).toBeHidden()
})

test('a setup stopped after a step is gone on with, also when its page was loaded anew', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  await wizard.practiceToReview()
  await wizard.review.install.click()
  await wizard.install.stop.click()
  await expect(wizard.heading).toHaveText('Stopped', { timeout: 30_000 })
  await page.reload()
  await expect(wizard.heading).toHaveText('Stopped')
  await wizard.install.goOn.click()
  await wizard.expectProven()
})

test('a setup cut off by the end of the program is resumed by the next start', async ({
  wizard: first,
  reopened,
  stateFolder,
}) => {
  const before = new Wizard(first)
  await before.practiceToReview()
  const port = await takePracticePort(stateFolder)
  await before.review.install.click()
  await before.install.expectFailed()
  const page = await reopened('killed')
  await port.giveBack()

  const wizard = new Wizard(page)
  await expect(wizard.start.interrupted).toContainText('Practice run')
  await wizard.beginPractice(() => wizard.start.resume.click())
  await wizard.toReview()
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()
  await expect(wizard.start.interrupted).toBeHidden()
  await expect(page.getByText('Found on this server: 1 installation.')).toBeVisible()
})

test('a setup cut off by the end of the program is rolled back, or its journal discarded, by the next start', async ({
  wizard: first,
  reopened,
  stateFolder,
}) => {
  const files = practiceFiles(stateFolder)
  const before = new Wizard(first)
  await before.practiceToReview()
  const untouched = await files.all()
  const port = await takePracticePort(stateFolder)
  await before.review.install.click()
  await before.install.expectFailed()

  const page = await reopened()
  const wizard = new Wizard(page)
  await wizard.start.more.click()
  await wizard.start.discard.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click()
  await wizard.start.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 30_000 })
  expect(await files.all()).toEqual(untouched)
  await port.giveBack()

  await wizard.install.close.click()
  await wizard.practiceToReview()
  await wizard.review.install.click()
  await wizard.install.stop.click()
  await expect(wizard.heading).toHaveText('Stopped', { timeout: 30_000 })
  await wizard.install.close.click()
  const written = await files.all()
  await wizard.start.more.click()
  await wizard.start.discard.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await expect(wizard.start.interrupted).toBeHidden()
  expect(await files.all()).toEqual(written)
})
