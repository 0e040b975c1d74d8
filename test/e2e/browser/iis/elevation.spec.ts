import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { practiceFiles } from '../../support/practice-files.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

test('without administrator rights Windows is asked once at Install; refused, nothing is changed', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const server = practiceServer(stateFolder)
  const files = practiceFiles(stateFolder)
  await server.make({ token: 'filtered' })
  const before = await server.configuration()
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Website') return
    await expect(page.getByText(/checked when Windows has given the rights/)).toBeVisible()
    await wizard.website.serverTab.click()
    await expect(page.getByRole('heading', { name: 'Not listed yet' })).toBeVisible()
    await expectAccessible(page)
  })
  const written = await files.all()

  await server.change(({ runtime }) => (runtime.refuseElevation = true))
  await wizard.review.install.click()
  const said = page.getByRole('main')
  await expect(said.getByText('The full rights of an administrator were not given.')).toBeVisible({
    timeout: 30_000,
  })
  await expect(said.getByText('Nothing was changed.')).toBeVisible()
  await wizard.expectStep('Review')
  await expectAccessible(page)
  expect(await server.configuration()).toBe(before)
  expect(await files.all()).toEqual(written)

  await wizard.review.allSteps()
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()
  const sites = await server.change(({ iis }) => iis.sites.map(({ attributes }) => attributes['name']))
  expect(sites).toContain('IDServiceWebsite')
})
