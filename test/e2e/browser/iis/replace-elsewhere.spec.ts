import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Wizard } from '../../pages/wizard.ts'
import { installPractice } from '../../support/practice-installation.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(300_000)

test('tried on one installation, then the same for another, at once or with the answers that were saved', async ({
  wizard: page,
  stateFolder,
  saved,
}) => {
  const wizard = new Wizard(page)
  const { replacement, certificate } = wizard
  const preProduction = await installPractice(stateFolder, 'PreProduction')
  const production = await installPractice(stateFolder)
  const former = await production.kids()

  await wizard.beginReplacement(preProduction.name)
  await wizard.goOn('Certificate')
  await certificate.key.selectOption('ECDSA-P256')
  await certificate.subject.fill('CN=Both of them')
  await wizard.back.click()
  await wizard.expectPage('Installation')
  await wizard.replacementToReview()
  const answers = await saved(() => wizard.review.saveAnswers.click())
  await replacement.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  expect(await preProduction.kids()).toEqual([expect.stringMatching(/ES256$/)])
  expect(await production.kids()).toEqual(former)

  await replacement.another.click()
  await wizard.expectPage('Installation')
  await replacement.installation(production.name).check()
  await expect(replacement.current).toContainText(former[0]!)
  await wizard.goOn('Certificate')
  await expect(certificate.key).toHaveValue('ECDSA-P256')
  await expect(certificate.subject).toHaveValue('CN=Both of them')
  await wizard.back.click()
  await wizard.expectPage('Installation')
  await wizard.replacementToReview()
  await replacement.replace.click()
  await wizard.expectProven()
  await wizard.goOn('The certificate of the practice run is replaced')
  const both = [await preProduction.kids(), await production.kids()]
  expect(both).toEqual([[expect.stringMatching(/ES256$/)], [expect.stringMatching(/ES256$/)]])
  expect(both[0]).not.toEqual(both[1])

  await wizard.finish.anotherSetup.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  const file = join(stateFolder, answers.name)
  await writeFile(file, answers.bytes)
  await wizard.start.answerFileInput.setInputFiles(file)
  await wizard.expectPage('Installation')
  await expect(replacement.installation(preProduction.name)).toBeChecked()
  await replacement.installation(production.name).check()
  await expect(replacement.current).toContainText(both[1]![0]!)
  await wizard.goOn('Certificate')
  await expect(certificate.key).toHaveValue('ECDSA-P256')
  await expect(certificate.subject).toHaveValue('CN=Both of them')
  await wizard.back.click()
  await wizard.expectPage('Installation')
  await wizard.replacementToReview()
  await expect(replacement.replace).toBeVisible()
  expect([await preProduction.kids(), await production.kids()]).toEqual(both)
})
