import { Keyboard } from './pages/keyboard.ts'
import { Wizard } from './pages/wizard.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

test('a practice installation with the keyboard alone, always seeing where the focus is', async ({
  wizard: page,
  saved,
}) => {
  const wizard = new Wizard(page)
  const keyboard = new Keyboard(page)
  const next = async () => {
    await keyboard.tabInSightTo(wizard.next)
    await keyboard.press('Enter')
  }
  await keyboard.tabInSightTo(wizard.start.practiceRun)
  await wizard.beginPractice(() => keyboard.press('Enter'))

  // Enter in a field is Next.
  await keyboard.tabTo(wizard.files.source)
  await keyboard.press('Enter')

  // Arrow keys move between the ways to host, of which a practice run has one; Shift+Tab leads back to the step list.
  await wizard.expectStep('Hosting')
  await keyboard.tabTo(wizard.hosting.iis)
  await keyboard.press('ArrowRight')
  await expect(wizard.hosting.docker).toBeFocused()
  await expect(wizard.hosting.iis).toBeChecked()
  await keyboard.press('ArrowLeft')
  await expect(wizard.hosting.iis).toBeFocused()
  await keyboard.tabTo(wizard.stepButton('Service files'), 'Shift+Tab')
  await keyboard.press('Space')
  await wizard.expectStep('Service files')
  await next()
  await wizard.expectStep('Hosting')
  await next()

  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await next()
  await wizard.expectStep('Database')
  await wizard.database.expectPassed()
  // Alt and a letter, as in other wizards of Windows.
  await keyboard.press('Alt+b')
  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await keyboard.press('Alt+n')
  await wizard.expectStep('Database')
  await wizard.database.expectPassed()
  await next()

  await wizard.expectStep('System client')
  await keyboard.tabTo(wizard.client.showSecret)
  await keyboard.press('Space')
  await expect(wizard.client.secret).toHaveValue(/^[^•]{32}$/)
  // Typed values are not lost by Esc unasked, and Esc again stays.
  await keyboard.tabTo(wizard.client.name)
  await page.keyboard.type('By keyboard')
  await keyboard.press('Escape')
  const leave = page.getByRole('dialog', { name: 'Leave the setup?' })
  await expect(leave).toBeVisible()
  await keyboard.press('Alt+b')
  await expect(leave).toBeVisible()
  await keyboard.press('Escape')
  await expect(leave).toBeHidden()
  await expect(wizard.client.name).toBeFocused()
  await expect(wizard.client.name).toHaveValue('By keyboard')
  await keyboard.press('Enter')

  await wizard.expectStep('Certificate')
  await next()

  // Plain http is for development: without saying so, it is refused, and the summary leads to what is to be said.
  await wizard.expectStep('Website')
  const { website } = wizard
  await keyboard.tabTo(website.siteTab)
  await keyboard.tabInSightTo(website.account)
  await expect(website.account).toHaveValue('ApplicationPoolIdentity')
  await keyboard.tabTo(website.siteTab, 'Shift+Tab')
  await keyboard.press('ArrowRight')
  await expect(website.accessTab).toBeFocused()
  await keyboard.tabInSightTo(website.development)
  await expect(website.protocol).toHaveValue('http')
  await expect(website.development).toBeChecked()
  await keyboard.press('Space')
  await next()
  await expect(wizard.summary).toBeFocused()
  const fault = /^Confirm that this is a development environment/
  await keyboard.tabTo(wizard.summary.getByRole('link', { name: fault }))
  await keyboard.press('Enter')
  await expect(website.development).toBeFocused()
  await expect(website.development).toHaveAccessibleDescription(fault)
  await keyboard.press('Space')
  await expect(website.development).toHaveAccessibleDescription('')
  await next()
  await wizard.expectStep('Logging')
  await next()

  // Arrow keys change the tab; its panel and the rows of the plan are stops of their own.
  await wizard.expectStep('Review')
  await wizard.review.allSteps()
  await keyboard.tabTo(wizard.review.changesTab)
  await keyboard.press('ArrowRight')
  await expect(wizard.review.commandsTab).toBeFocused()
  await expect(wizard.review.commandsTab).toHaveAttribute('aria-selected', 'true')
  // What changes the machine is not pressed by a key that was Next a page ago.
  await keyboard.press('Alt+n')
  await expect(wizard.heading).toHaveText('Review')
  await keyboard.tabInSightTo(wizard.review.install)
  await keyboard.press('Enter')

  await wizard.expectProven()
  await wizard.expectStep('Proof')
  await next()
  await wizard.expectStep('Connect to Creatio')
  await next()
  await wizard.expectStep('Finish', 'The practice run is complete')
  await keyboard.tabInSightTo(wizard.finish.saveHtml)
  const report = await saved(() => keyboard.press('Enter'))
  expect(report.bytes.toString()).toContain('By keyboard')
})
