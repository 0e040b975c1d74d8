import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectFits } from '../../support/fits.ts'
import { practiceFiles } from '../../support/practice-files.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

test('a stdout log that was left on is seen on the first page, and switched off and on from there', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { start } = wizard
  const { target } = practiceFiles(stateFolder)
  const server = practiceServer(stateFolder)
  const enabled = async () =>
    /stdoutLogEnabled="(\w+)"/.exec(await readFile(join(target, 'web.config'), 'utf8'))?.[1]
  const recycled = () => server.change(({ runtime }) => runtime.recycled['IDServicePool'] ?? 0)
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Logging') return
    await wizard.logging.stdout.click()
    await wizard.logging.level.selectOption('Debug')
  })
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()
  await expect(page.getByText(/^Logging is on/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  const before = await recycled()
  await page.getByRole('button', { name: 'Switch logging off' }).click()
  await expect(start.question).toContainText('The service restarts')
  await start.question.getByRole('button', { name: 'Not now' }).click()
  expect(await enabled()).toBe('true')
  await page.getByRole('button', { name: 'Switch logging off' }).click()
  await start.question.getByRole('button', { name: 'Switch logging off' }).click()
  await expect(page.getByRole('group', { name: 'Switch logging off' })).toContainText('done in', {
    timeout: 60_000,
  })
  await expect(page.getByText(/^Logging is on/)).toBeHidden()
  await expectAccessible(page)
  expect(await enabled()).toBe('false')
  expect(await readFile(join(target, 'appsettings.json'), 'utf8')).not.toMatch(/"Default": "Debug"/)
  expect(await recycled()).toBeGreaterThan(before)

  await start.moreForInstallation.click()
  await page.getByText('Switch logging on for a test').click()
  await start.question.getByRole('button', { name: 'Switch logging on for a test' }).click()
  await expect(page.getByText(/^Logging is on/)).toBeVisible({ timeout: 60_000 })
  expect(await enabled()).toBe('true')
})
