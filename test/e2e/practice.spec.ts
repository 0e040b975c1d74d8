import { Wizard } from './pages/wizard.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(180_000)

test('a practice installation, walked with the mouse from the first page to the report', async ({
  wizard: page,
  saved,
}) => {
  const wizard = new Wizard(page)
  await wizard.start.practiceRun.click()
  await wizard.expectPage('Service files')
  await wizard.goOn('Hosting')
  await expect(wizard.hosting.practice).toBeChecked()
  await wizard.goOn('Prerequisites')
  await expect(page.getByText('Nothing stops the setup.')).toBeVisible({ timeout: 30_000 })
  await wizard.goOn('Database')
  await wizard.database.expectPassed()
  await wizard.goOn('System client')
  await wizard.goOn('Certificate')
  await wizard.goOn('Logging')
  await wizard.goOn('Review')
  await expect(wizard.review.steps.first()).toBeVisible()
  await wizard.review.install.click()
  await expect(wizard.heading).toHaveText('Proof', { timeout: 90_000 })
  await expect(page.getByRole('main').getByText(/checks passed\.$/)).toBeVisible({ timeout: 30_000 })
  await wizard.goOn('Connect to Creatio')
  await wizard.goOn('The practice run is complete')
  const report = await saved(() => wizard.finish.saveHtml.click())
  expect(report.name).toMatch(/\.html$/)
  expect(report.bytes.toString()).toContain('<!doctype html>')
})
