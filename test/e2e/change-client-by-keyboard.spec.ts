import { Keyboard } from './pages/keyboard.ts'
import { Wizard } from './pages/wizard.ts'
import { installPractice } from './support/practice-installation.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

test('a client is changed with the keyboard alone, always seeing where the focus is', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const keyboard = new Keyboard(page)
  const { clientChange: change } = wizard
  const goOn = async (title: string) => {
    await keyboard.tabInSightTo(wizard.next)
    await keyboard.press('Enter')
    await wizard.expectPage(title)
  }
  const service = await installPractice(stateFolder)
  const former = await service.client()
  await keyboard.tabTo(wizard.start.lookAgain)
  await keyboard.press('Enter')

  // From the menu of the card; Esc closes it, and the focus stays where it was opened.
  const more = wizard.start.moreForInstallation
  await keyboard.tabTo(more)
  await keyboard.press('Enter')
  await expect(change.inMenu).toBeVisible()
  await keyboard.press('Escape')
  await expect(change.inMenu).toBeHidden()
  await expect(more).toBeFocused()
  await keyboard.press('Enter')
  await keyboard.tabTo(change.inMenu)
  await keyboard.press('Enter')
  await wizard.expectPage('Installation')

  // Arrow keys choose among the clients of the service.
  await expect(change.today).toContainText(former.id)
  await keyboard.tabInSightTo(change.client(former.id))
  await keyboard.press('ArrowUp')
  await expect(change.today).toContainText('bpmonline-designer')
  await keyboard.press('ArrowDown')
  await expect(change.today).toContainText(former.id)
  await goOn('New client')

  // An ID of another length than the documentation’s is refused, unless it is meant.
  await keyboard.tabInSightTo(change.id)
  await page.keyboard.type('short-id')
  await keyboard.press('Enter')
  await expect(wizard.summary).toBeFocused()
  await keyboard.tabTo(wizard.summary.getByRole('link', { name: /has 16 characters/ }))
  await keyboard.press('Enter')
  await expect(change.id).toBeFocused()
  await expect(change.id).toHaveValue('short-id')
  await keyboard.tabInSightTo(wizard.client.useAnyway)
  await keyboard.press('Space')
  await expect(wizard.summary).toBeHidden()

  // Arrow keys open the tabs; Enter adds a scope, Space takes one away.
  await keyboard.tabTo(change.values, 'Shift+Tab')
  await keyboard.press('ArrowRight')
  await expect(change.scopes).toBeFocused()
  const [scope] = former.scopes
  await keyboard.tabInSightTo(change.scope(scope!))
  await keyboard.press('Space')
  await expect(change.scope(scope!)).not.toBeChecked()
  // The button goes when it is pressed; the focus stays where it was.
  await keyboard.tabTo(change.backToToday, 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(change.scope(scope!)).toBeChecked()
  await expect(change.backToToday).toBeHidden()
  await expect(change.addScope).toBeFocused()
  await page.keyboard.type('typed_scope')
  await keyboard.press('Enter')
  await expect(change.addScope).toHaveValue('')
  await expect(change.addScope).toBeFocused()
  await keyboard.tabInSightTo(change.scope(scope!))
  await keyboard.press('Space')
  await expect(change.scope(scope!)).not.toBeChecked()
  await goOn('Review')

  await wizard.review.allSteps()
  await keyboard.tabInSightTo(change.change)
  await keyboard.press('Enter')
  // The service knows no such scope, and leaves it out of tokens without a word.
  await wizard.expectProvenBut('without the scope typed_scope')
  await goOn('Connect to Creatio')
  await goOn('The client of the practice run is changed')
  const client = await service.client('short-id')
  expect(client.secret === former.secret).toBe(true)
  expect(client.scopes).toEqual([...former.scopes.slice(1), 'typed_scope'])
  expect(await service.ask(client)).toBe('Bearer')
  expect(await service.ask(former)).toBe('invalid_client')
  await keyboard.tabInSightTo(wizard.finish.anotherSetup)
  await keyboard.press('Enter')
  await wizard.expectPage('Set up or maintain the Identity Service')
})
