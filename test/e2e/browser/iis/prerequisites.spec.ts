import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectFits } from '../../support/fits.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

test('a Windows without IIS is made ready from the page: features first, then the hosting bundle from a file', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { prerequisites } = wizard
  const server = practiceServer(stateFolder)
  await server.make({ iis: false, module: 'before-iis' })
  await wizard.beginPractice()
  await wizard.next.click()
  await wizard.expectStep('Hosting')
  await wizard.next.click()
  await wizard.expectStep('Prerequisites')
  await prerequisites.expectFailures()
  await expect(prerequisites.row('IIS')).toHaveAccessibleName(/^Failed IIS/)
  await expect(prerequisites.row('ASP.NET Core module')).toHaveAccessibleName(/^Failed/)
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await prerequisites.open('IIS ')
  await expectAccessible(page)
  await expectFits(page)

  // Not now: nothing is run.
  const before = await server.configuration()
  await page.getByRole('button', { name: 'Enable IIS features', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('dism /Online')
  await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
  expect(await server.configuration()).toBe(before)
  await prerequisites.fix('Enable IIS features')
  await expect(prerequisites.row('IIS')).toHaveAccessibleName(/^Passed IIS/, { timeout: 60_000 })

  await prerequisites.open('ASP.NET Core module')
  await prerequisites.bundle.fill(server.installer)
  await prerequisites.bundle.blur()
  await expect(prerequisites.rows).toContainText('Signed by')
  await expectAccessible(page)
  await prerequisites.fix('Repair the Hosting Bundle…')
  await prerequisites.expectNothingStops()
  await expect(prerequisites.row('ASP.NET Core module')).toHaveAccessibleName(/^Passed/)
})
