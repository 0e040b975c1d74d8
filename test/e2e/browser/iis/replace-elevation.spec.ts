import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { practiceFiles } from '../../support/practice-files.ts'
import { installPractice } from '../../support/practice-installation.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(240_000)

test('without administrator rights Windows is asked once at Replace; refused, nothing is changed', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const server = practiceServer(stateFolder)
  const files = practiceFiles(stateFolder)
  const service = await installPractice(stateFolder)
  await server.change((state) => void (state.token = { ...state.token, elevated: false }))
  await wizard.beginReplacement(service.name)
  await wizard.replacementToReview()
  const standing = async () => ({
    windows: await server.configuration(),
    all: await files.all(),
    service: await files.written(),
    kids: await service.kids(),
  })
  const before = await standing()

  await server.change(({ runtime }) => (runtime.refuseElevation = true))
  await wizard.replacement.replace.click()
  const said = page.getByRole('main')
  await expect(said.getByText('The full rights of an administrator were not given.')).toBeVisible({
    timeout: 30_000,
  })
  await expect(said.getByText('Nothing was changed.')).toBeVisible()
  await wizard.expectPage('Review')
  await expectAccessible(page)
  expect(await standing()).toEqual(before)

  await wizard.review.allSteps()
  await wizard.replacement.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  const kids = await service.kids()
  expect(kids).not.toEqual(before.kids)
  await expect(wizard.replacement.fact('Tokens')).toContainText(kids[0]!)
})
