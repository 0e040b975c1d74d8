import { Wizard } from './pages/wizard.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(180_000)

test('a practice installation by keyboard alone', async ({ wizard: page }) => {
  const wizard = new Wizard(page)
  const next = async (title: string) => {
    await wizard.pressByKeyboard(wizard.next)
    await wizard.expectPage(title)
  }
  await expect(wizard.start.practiceRun).toBeVisible()
  await wizard.pressByKeyboard(wizard.start.practiceRun)
  await wizard.expectPage('Service files')

  // Enter in a field is Next.
  await wizard.tabTo(wizard.files.source)
  await page.keyboard.press('Enter')
  await wizard.expectPage('Hosting')

  // Arrow keys move between the ways to host.
  await wizard.tabTo(wizard.hosting.practice)
  await page.keyboard.press('ArrowRight')
  await expect(wizard.hosting.docker).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await expect(wizard.hosting.practice).toBeChecked()
  await next('Prerequisites')
  await expect(page.getByText('Nothing stops the setup.')).toBeVisible({ timeout: 30_000 })
  await next('Database')
  await wizard.pressByKeyboard(wizard.database.test)
  await expect(wizard.database.outcome).toHaveText(/^Passed in/, { timeout: 30_000 })
  await next('System client')
  await next('Certificate')
  await next('Logging')
  await next('Review')
  await expect(wizard.review.steps.first()).toBeVisible()
  await wizard.pressByKeyboard(wizard.review.install)
  await expect(wizard.heading).toHaveText('Proof', { timeout: 90_000 })
  await next('Connect to Creatio')
  await next('The practice run is complete')
})
