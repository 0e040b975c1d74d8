import type { Locator } from '@playwright/test'
import { Wizard, type StepName } from './pages/wizard.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(120_000)

test('what is typed survives Back, Next, the step list and an error, in any order', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  const typed = new Map<StepName, Awaited<ReturnType<Wizard['fields']>>>()
  const remember = async (name: StepName, ...parts: readonly string[]) => {
    const fields = await wizard.fields()
    for (const part of parts) expect(Object.values(fields)).toContain(part)
    typed.set(name, fields)
  }
  const expectKept = async (name: StepName) => {
    await wizard.expectStep(name)
    await expect.poll(() => wizard.fields(), `fields of ${name}`).toEqual(typed.get(name))
  }

  await wizard.beginPractice()
  const target = `${await wizard.files.target.inputValue()} “ünï” & 100 %`
  await wizard.files.target.fill(target)
  await remember('Service files', target)

  await wizard.next.click()
  await wizard.expectStep('Hosting')
  await remember('Hosting')

  await wizard.next.click()
  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await wizard.next.click()
  await wizard.expectStep('Database')
  // Nobody listens on port 1.
  const password = `it's "a" {pass};=ünï😀`
  await wizard.database.give({ server: '127.0.0.1', port: '1', database: 'Да "q"', user: "o'user", password })
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await expect(wizard.database.outcome).toHaveText('Stopped at tcp')
  await wizard.database.anyway.check()
  await remember('Database', '127.0.0.1', '1', 'Да "q"', "o'user", '•'.repeat(password.length))

  await wizard.next.click()
  await wizard.expectStep('System client')
  await wizard.client.id.fill('ABCDefgh12345678')
  await wizard.client.name.fill('שלום <b>"name"</b>')
  await wizard.client.secret.fill('s3cret-'.repeat(4) + 'four')
  await wizard.client.secret.blur()
  await expect(wizard.client.secret).toHaveValue('•'.repeat(32))
  await remember('System client', 'ABCDefgh12345678', 'שלום <b>"name"</b>', '•'.repeat(32))

  await wizard.next.click()
  await wizard.expectStep('Certificate')
  await wizard.certificate.key.selectOption('RSA-3072')
  await wizard.certificate.days.fill('400')
  await wizard.certificate.subject.fill('CN=typed here, O=Ümläut & Co')
  await remember('Certificate', 'RSA-3072', '400')

  await wizard.next.click()
  await wizard.expectStep('Website')
  await wizard.website.site.fill('Typed.Site 2')
  await wizard.website.account.selectOption('SpecificUser')
  await wizard.website.user.fill(String.raw`.\svc-ünï`)
  await wizard.website.password.fill('pool-word')
  await wizard.website.password.blur()
  await expect(wizard.website.password).toHaveValue('•'.repeat('pool-word'.length))
  const pool = await wizard.fields()
  await wizard.website.accessTab.click()
  await wizard.website.hostName.fill('identity.example.com')
  await wizard.website.httpPort.fill('48123')
  await wizard.website.httpPort.blur()
  await remember('Website', '48123', 'identity.example.com')
  await wizard.website.siteTab.click()
  expect(await wizard.fields()).toEqual(pool)
  await wizard.website.accessTab.click()

  await wizard.next.click()
  await wizard.expectStep('Logging')
  await wizard.logging.level.selectOption('Debug')
  await wizard.logging.stdout.click()
  await remember('Logging', 'Debug')

  await wizard.back.click()
  await expectKept('Website')
  await wizard.back.click()
  await expectKept('Certificate')
  await wizard.certificate.days.fill('0')
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await wizard.certificate.days.fill('400')
  // The step list leads back to what is done, Next forward again.
  await wizard.openStep('Database')
  await expectKept('Database')
  for (const name of ['System client', 'Certificate', 'Website', 'Logging'] as const) {
    await wizard.next.click()
    await expectKept(name)
  }
  await wizard.openStep('Service files')
  await expectKept('Service files')
  await wizard.next.click()
  await expectKept('Hosting')
  await wizard.next.click()
  await wizard.expectStep('Prerequisites')
  await expect(page.getByText(/\d+ checks in/)).toBeVisible({ timeout: 30_000 })
  // The database that does not answer is a failure; where it is asked for, it can be put right.
  await wizard.prerequisites.expectFailures()
  await wizard.prerequisites.open('Database')
  await page.getByRole('button', { name: 'Open Database' }).click()
  await expectKept('Database')
  await wizard.back.click()
  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectFailures()
  await wizard.next.click()
  await expectKept('Database')
  await wizard.back.click()
  await wizard.expectStep('Prerequisites')
  for (const name of ['Hosting', 'Service files'] as const) {
    await wizard.back.click()
    await expectKept(name)
  }
})

test('a wrong value is named beside its field, and Next leads to it', async ({ wizard: page }) => {
  const wizard = new Wizard(page)
  /** Types, leaves the field, presses Next, follows the summary; the page stays, and nothing is disabled. */
  const expectRefused = async (field: Locator, value: string, fault: RegExp, beside = true) => {
    await field.fill(value)
    await field.blur()
    if (beside) {
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveAccessibleDescription(fault)
    }
    await expect(wizard.next).toBeEnabled()
    await wizard.next.click()
    await expect(wizard.summary).toBeFocused()
    await expect(field).toHaveAccessibleDescription(fault)
    await wizard.summary.getByRole('link', { name: fault }).click()
    await expect(field).toBeFocused()
    await expect(field).toHaveValue(value)
    await expect(wizard.next).toBeEnabled()
  }

  await wizard.beginPractice()
  const target = await wizard.files.target.inputValue()
  await expectRefused(wizard.files.target, '', /^Enter the target folder/, false)
  await wizard.files.target.fill(target)
  await wizard.next.click()

  await wizard.expectStep('Hosting')
  await wizard.next.click()
  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await wizard.next.click()

  await wizard.expectStep('Database')
  await wizard.database.expectPassed()
  await wizard.database.way.selectOption('fields')
  await wizard.next.click()
  await expect(wizard.summary.getByRole('link')).toHaveText([
    'Enter the database server',
    'Enter the database name',
    'Enter the user',
    'Enter the password',
  ])
  await wizard.summary.getByRole('link', { name: 'Enter the user' }).click()
  await expect(wizard.database.user).toBeFocused()
  await expectRefused(wizard.database.port, 'abc', /^Enter a port from 1 to 65535/)
  await wizard.database.way.selectOption('creatio')
  await wizard.next.click()

  await wizard.expectStep('System client')
  await expectRefused(wizard.client.id, 'short', /has 16 characters/, false)
  await wizard.client.useAnyway.check()
  await wizard.next.click()

  await wizard.expectStep('Certificate')
  await expectRefused(wizard.certificate.days, '0', /^Enter a whole number of days/)
  await wizard.certificate.days.fill('365')
  await expectRefused(wizard.certificate.subject, 'no equals sign', /has no “=”/, false)
  await wizard.certificate.subject.fill('CN=Identity Service')
  await wizard.next.click()

  await wizard.expectStep('Website')
  await expectRefused(wizard.website.site, 'a/b', /^Use letters, digits/)
  await wizard.website.site.fill('IDServiceWebsite')
  await wizard.website.accessTab.click()
  await expectRefused(wizard.website.httpPort, '65536', /^Enter a port from 1 to 65535/)
  await expectRefused(wizard.website.httpPort, '80', /binding of the website Default Web Site/)
  // A fault on another tab is led to as well.
  await wizard.website.httpPort.fill('48123')
  await wizard.website.siteTab.click()
  await wizard.website.pool.fill('')
  await wizard.website.accessTab.click()
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await wizard.summary.getByRole('link', { name: 'Enter the application pool name' }).click()
  await expect(wizard.website.pool).toBeFocused()
})

test('an archive that is not there: said at once, asked about by Cancel, gone on with after Back', async ({
  wizard: page,
}) => {
  const wizard = new Wizard(page)
  await wizard.start.newInstallation.click()
  await wizard.expectStep('Service files')
  await wizard.files.target.fill('/nowhere/identity "service"; ünï')
  await wizard.files.giveSource('/nowhere/there/is/no.zip')
  await expect(page.getByRole('alert').first()).toBeVisible()
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await wizard.summary.getByRole('link').first().click()
  await expect(wizard.files.source).toBeFocused()

  // Esc asks, because something would be lost; Esc again stays.
  await page.keyboard.press('Escape')
  const dialog = page.getByRole('dialog', { name: 'Leave the setup?' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(wizard.files.source).toHaveValue('/nowhere/there/is/no.zip')

  await wizard.back.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  await wizard.start.newInstallation.click()
  await wizard.expectStep('Service files')
  await expect(wizard.files.target).toHaveValue('/nowhere/identity "service"; ünï')
})

test('Cancel does not ask when nothing would be lost', async ({ wizard: page }) => {
  const wizard = new Wizard(page)
  await wizard.start.newInstallation.click()
  await wizard.expectStep('Service files')
  await wizard.cancel.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
})
