import { Wizard } from './pages/wizard.ts'
import { expect, test } from './support/test.ts'

test('nothing typed is lost by Back, by an error or by Cancel that was not meant', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  await wizard.start.newInstallation.click()
  await wizard.expectPage('Service files')
  await wizard.files.target.fill('/nowhere/identity "service"; ünï')
  await wizard.files.giveSource('/nowhere/there/is/no.zip')
  await expect(page.getByRole('alert').first()).toBeVisible()

  // Next says what is wrong, takes the focus there, and leads to the field.
  await wizard.next.click()
  const summary = wizard.summary.filter({ hasText: 'before the next page' })
  await expect(summary).toBeFocused()
  await summary.getByRole('link').first().click()
  await expect(wizard.files.source).toBeFocused()
  await expect(wizard.files.source).toHaveValue('/nowhere/there/is/no.zip')

  // Esc asks, because something would be lost; Esc again stays.
  await page.keyboard.press('Escape')
  const dialog = page.getByRole('dialog', { name: 'Leave the setup?' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(wizard.files.target).toHaveValue('/nowhere/identity "service"; ünï')

  await wizard.back.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  await wizard.start.newInstallation.click()
  await expect(wizard.files.source).toHaveValue('/nowhere/there/is/no.zip')
})

test('Cancel does not ask when nothing would be lost', async ({ wizard: page }) => {
  const wizard = new Wizard(page)
  await wizard.start.newInstallation.click()
  await wizard.expectPage('Service files')
  await wizard.cancel.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
})
