import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Wizard } from '../pages/wizard.ts'
import { practiceFiles } from '../support/practice-files.ts'
import { expect, test } from '../support/test.ts'

// One door is enough for what a page does by itself.

test.setTimeout(240_000)

test('entry, vault values, scopes and grant types stand in the plan and in saved answers, and come back', async ({
  wizard: page,
  stateFolder,
  saved,
}) => {
  const wizard = new Wizard(page)
  const { client, database, review, start } = wizard
  await wizard.beginPractice()
  const { user, password } = await practiceFiles(stateFolder).administrator()
  await wizard.files.creatioFolder.fill(await creatioWithVault(stateFolder))
  const giveValues = async () => {
    await database.placeholder('creatio.user').fill(user)
    await database.placeholder('creatio.password').fill(password)
    await database.placeholder('creatio.password').blur()
    await expect(database.placeholder('creatio.password')).toHaveValue(/^•+$/)
  }

  await wizard.toReview(async (name) => {
    if (name === 'Database') {
      await database.entry('dbVault').check()
      await giveValues()
      // What was read elsewhere is tested unasked, once its values are there.
      await database.expectPassed()
    }
    if (name !== 'System client') return
    await client.scopes.click()
    for (const scope of ['kept_scope', 'another_scope']) {
      await client.addScope.fill(scope)
      await client.addScope.press('Enter')
      await expect(client.scope(scope)).toContainText('Added here')
    }
    await client.removeScope('another_scope').click()
    await expect(client.scope('another_scope')).toBeHidden()
    await client.grants.click()
    await client.grant('Implicit').uncheck()
    await client.grant('Authorization code').check()
  })
  await review.steps.filter({ hasText: 'Write appsettings.json' }).click()
  await expect(review.details).toContainText('kept_scope')
  await expect(review.details).not.toContainText('another_scope')
  const file = await saved(() => review.saveAnswers.click())
  expect(file.bytes.toString().includes(password), 'the password in the saved answers').toBe(false)
  const answers: unknown = JSON.parse(file.bytes.toString())
  expect(answers).toMatchObject({
    database: {
      from: 'creatio',
      entry: 'dbVault',
      placeholders: {
        'creatio.user': expect.stringMatching(/^env:\w+$/),
        'creatio.password': expect.stringMatching(/^env:\w+$/),
      },
    },
    client: { scopes: ['kept_scope'], grantTypes: ['client_credentials', 'authorization_code'] },
  })

  await wizard.cancel.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click()
  const path = join(stateFolder, file.name)
  await writeFile(path, file.bytes)
  await start.answerFileInput.setInputFiles(path)
  await wizard.expectStep('Service files')
  await wizard.goOn('Hosting')
  await wizard.goOn('Prerequisites')
  await expect(page.getByText(/\d+ checks in/)).toBeVisible({ timeout: 30_000 })
  await wizard.goOn('Database')
  await expect(database.entry('dbVault')).toBeChecked()
  // Only where they stand is known; without that they are typed again.
  await expect(database.placeholder('creatio.password')).toHaveValue(/^env:\w+$/)
  await giveValues()
  await wizard.goOn('System client')
  await client.scopes.click()
  await expect(client.scope('kept_scope')).toContainText('Added here')
  await expect(client.scope('another_scope')).toBeHidden()
  await client.grants.click()
  await expect(client.grant('Authorization code')).toBeChecked()
  await expect(client.grant('Implicit')).not.toBeChecked()
})

/** The practice Creatio with one more entry, whose user and password stand in a vault. */
async function creatioWithVault(stateFolder: string): Promise<string> {
  const config = await readFile(join(stateFolder, 'practice', 'Creatio', 'ConnectionStrings.config'), 'utf8')
  const [entry] = /<add name="db" [^>]*>/.exec(config)!
  const vault = entry
    .replace('name="db"', 'name="dbVault"')
    .replace(/User ID=[^;]*/, 'User ID=[creatio.user]')
    .replace(/Password=[^;]*/, 'Password=[creatio.password]')
  const folder = join(stateFolder, 'test', 'Creatio')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'ConnectionStrings.config'), config.replace(entry, `${entry}\n${vault}`))
  return folder
}
