import { ReplacePage } from './pages/replace-page.ts'
import { Wizard } from './pages/wizard.ts'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

test('a practice installation gets another certificate: from its card to the facts for the ticket', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  const replace = new ReplacePage(page)
  await wizard.practiceToReview()
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()

  await page.getByRole('button', { name: /^Replace the certificate of .+…$/ }).click()
  await wizard.expectPage('Installation')
  await expect(page).toHaveTitle('Step 1 of 7: Installation – Identity Service Setup')
  await expect(replace.current).toBeVisible()
  await expectAccessible(page)
  await wizard.goOn('Certificate')
  await wizard.goOn('Restart')
  await expect(replace.inPlace).toBeChecked()
  await replace.restartMyself.check()
  await expectAccessible(page)
  await wizard.goOn('Review')
  await expect(wizard.review.steps.first()).toBeVisible()
  await replace.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  await expect(replace.fact('Former certificate')).toContainText('is kept as')
  await expect(replace.fact('Tokens')).toContainText('Signs with')
  await expect(replace.fact('Creatio')).toContainText('Not restarted')
  await expect(replace.fact('SHA-1 thumbprint')).toContainText(/[0-9A-F]{40}/)
  await expectAccessible(page)

  await replace.another.click()
  await wizard.expectPage('Installation')
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await expect(wizard.summary.getByRole('link')).toHaveText(['Choose an installation, or another folder'])
})
