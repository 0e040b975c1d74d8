import { Wizard } from './pages/wizard.ts'
import { expectAccessible } from './support/axe.ts'
import { expectFits } from './support/fits.ts'
import { installPractice } from './support/practice-installation.ts'
import { practiceServer } from './support/practice-windows.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(240_000)

test('a change that fails is rolled back: rows, settings, and a token for the client of before', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { clientChange: change, install } = wizard
  const service = await installPractice(stateFolder)
  const former = await service.client()
  await wizard.beginClientChange(service.name)
  await wizard.goOn('New client')
  await change.generateSecret.click()
  await page.getByRole('button', { name: 'Show New client secret' }).click()
  await expect(change.secret).toHaveValue(/^[^•]{32}$/)
  // What is shown is not the secret any more.
  await change.generateSecret.click()
  await expect(change.secret).toHaveValue('•'.repeat(32))
  await wizard.goOn('Review')
  await wizard.review.allSteps()
  await practiceServer(stateFolder).refuseRecycling()
  await change.change.click()
  await install.expectFailed()
  await expect(install.failure).toContainText('Access is denied.')
  expect((await service.client()).secret === former.secret).toBe(false)
  await install.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 60_000 })
  expect(await service.client()).toEqual(former)
  expect(await service.ask(former)).toBe('Bearer')

  await install.close.click()
  await expect(wizard.start.interrupted).toBeHidden()
  await wizard.beginClientChange(service.name)
  await expect(change.today).toContainText('the secret of the settings')
})

test('the client of a practice installation is changed: from its card to the report, and the former one is refused', async ({
  wizard: page,
  stateFolder,
  saved,
  clipboard,
}) => {
  const wizard = new Wizard(page)
  const { clientChange: change } = wizard
  const look = async () => {
    await expectAccessible(page)
    await expectFits(page)
  }
  const service = await installPractice(stateFolder)
  const former = await service.client()

  await wizard.beginClientChange(service.name)
  await expect(page).toHaveTitle('Step 1 of 7: Installation – Identity Service Setup')
  await expect(change.today).toContainText(former.id)
  await expect(change.today).toContainText(/Row \d+ of Clients, made .+, the secret of the settings/)
  await expect(change.today).not.toContainText('Settings and database differ')
  await look()
  await wizard.goOn('New client')

  // Nothing given: nothing would change.
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await expect(wizard.summary.getByRole('link')).toHaveText([/^Nothing would change\./])
  await look()
  await change.generateId.click()
  await expect(change.id).toHaveValue(/^\S{16}$/)
  const id = await change.id.inputValue()
  await change.generateSecret.click()
  await expect(change.secret).toHaveValue('•'.repeat(32))
  await expect(wizard.summary).toBeHidden()
  await expect(change.diff).toContainText('2 changes')
  await expect(change.cutOff).toBeVisible()
  await look()

  // Enter adds the scope, and does not go on.
  await change.scopes.click()
  await change.addScope.fill('own_scope')
  await change.addScope.press('Enter')
  await expect(change.scope('own_scope')).toBeChecked()
  await expect(change.addScope).toHaveValue('')
  await expect(change.diff).toContainText('3 changes')
  await look()
  await change.grants.click()
  await expect(change.grant('Client credentials')).toBeChecked()
  await look()

  await wizard.goOn('Review')
  const steps = await wizard.review.allSteps()
  expect(steps.length).toBeGreaterThan(3)
  await look()
  await change.change.click()
  // The service knows no such scope, and leaves it out of tokens without a word.
  await wizard.expectProvenBut('without the scope own_scope')
  await look()
  const client = await service.client(id)
  expect(client.scopes).toEqual([...former.scopes, 'own_scope'])
  expect(await service.ask(client)).toBe('Bearer')
  expect(await service.ask(former)).toBe('invalid_client')

  await wizard.goOn('Connect to Creatio')
  await expect(change.creatioFollows).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText(id)
  await expect(
    main.getByText(/^System setting OAuth20IdentityServer(Url|ClientId|ClientSecret)$/),
  ).toHaveCount(3)
  await page.getByRole('button', { name: 'Copy Client secret' }).click()
  await expect(page.getByText(/^Secret copied\./)).toBeVisible()
  expect(await clipboard()).toBe(client.secret)
  await look()

  await wizard.goOn('The client of the practice run is changed')
  await expect(change.fact('System client')).toContainText(id)
  await expect(change.fact('Former rows')).toContainText(former.id)
  const report = await saved(() => wizard.finish.saveHtml.click())
  expect(report.bytes.toString()).toContain(id)
  for (const { secret } of [former, client]) expect(report.bytes.toString().includes(secret)).toBe(false)
  await look()
})
