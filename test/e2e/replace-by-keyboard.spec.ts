import { Keyboard } from './pages/keyboard.ts'
import { Wizard } from './pages/wizard.ts'
import { installPractice } from './support/practice-installation.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

test('a certificate is replaced with the keyboard alone, always seeing where the focus is', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const keyboard = new Keyboard(page)
  const { replacement, certificate } = wizard
  const goOn = async (title: string) => {
    await keyboard.tabInSightTo(wizard.next)
    await keyboard.press('Enter')
    await wizard.expectPage(title)
  }
  const service = await installPractice(stateFolder)
  const [former] = await service.kids()
  await keyboard.tabTo(wizard.start.lookAgain)
  await keyboard.press('Enter')

  // The certificate of the card, and back to where the focus was.
  const more = wizard.start.moreForInstallation
  await keyboard.tabTo(more)
  await keyboard.press('Enter')
  await keyboard.tabTo(page.getByRole('button', { name: 'Show certificate…' }))
  await keyboard.press('Enter')
  await expect(wizard.start.question).toContainText(former!)
  await keyboard.press('Escape')
  await expect(wizard.start.question).toBeHidden()
  await expect(more).toBeFocused()

  await keyboard.tabTo(replacement.ofInstallation(service.name), 'Shift+Tab')
  await keyboard.press('Enter')
  await wizard.expectPage('Installation')
  await expect(replacement.current).toBeVisible()
  await goOn('Certificate')
  await keyboard.tabInSightTo(certificate.key)
  // Not by its letters: they count as one word only while they follow each other quickly.
  const keys = await certificate.key.locator('option').count()
  for (let press = 1; press < keys && (await certificate.key.inputValue()) !== 'ECDSA-P384'; press += 1)
    await keyboard.press('ArrowDown')
  await expect(certificate.key).toHaveValue('ECDSA-P384')
  await goOn('Restart')

  // Who restarts Creatio has to be said: the summary leads there, arrow keys choose.
  await keyboard.tabTo(wizard.next)
  await keyboard.press('Enter')
  await expect(wizard.summary).toBeFocused()
  await keyboard.tabTo(wizard.summary.getByRole('link', { name: 'Say who restarts Creatio' }))
  await keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'Creatio' })).toHaveAccessibleDescription(/Say who restarts/)
  await keyboard.press('ArrowUp')
  await expect(replacement.restartMyself).toBeChecked()
  await expect(replacement.restartMyself).toBeFocused()
  await keyboard.tabInSightTo(replacement.inPlace)
  await goOn('Review')
  await wizard.review.allSteps()
  await keyboard.tabInSightTo(replacement.replace)
  await keyboard.press('Enter')
  await wizard.expectProven()
  await goOn('The certificate of the practice run is replaced')
  const kids = await service.kids()
  expect(kids).toEqual([expect.stringMatching(/ES384$/)])
  await expect(replacement.fact('Tokens')).toContainText(kids[0]!)
  await keyboard.tabInSightTo(replacement.another)
  await keyboard.press('Enter')
  await wizard.expectPage('Installation')
})
