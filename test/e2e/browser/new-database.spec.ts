import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { Wizard } from '../pages/wizard.ts'
import { practiceFiles } from '../support/practice-files.ts'
import { expect, test } from '../support/test.ts'

// One door is enough for what a page does by itself.

test.setTimeout(240_000)

test('a database of its own is made by an administrator, filled and proven; Creatio’s stays as it is', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { database, review } = wizard
  const files = practiceFiles(stateFolder)
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Database') return
    await database.ownDatabase.click()
    const { user, password } = await files.administrator()
    await database.administrator.user.fill(user)
    await database.administrator.password.fill(password)
    await database.test.click()
    await database.expectPassed()
  })
  const made = review.steps.filter({ hasText: 'Create the database' })
  await made.click()
  await review.commandsTab.click()
  await expect(review.details).toContainText('CREATE DATABASE "identity_service"')
  await expect(review.details).toContainText('[hidden]')
  await review.install.click()
  await wizard.expectProven()

  const administrator = await files.administrator()
  const settings = await readFile(join(files.target, 'appsettings.json'), 'utf8')
  expect(settings).toContain('Database=identity_service')
  expect(settings.includes(administrator.password), 'the password of the administrator in the settings').toBe(
    false,
  )
  const tables = async (name: string) => {
    const client = new Client({ ...administrator, database: name })
    await client.connect()
    const { rows } = await client.query<{ name: string; owner: string }>(
      `SELECT tablename AS name, tableowner AS owner FROM pg_tables WHERE tablename = 'Clients'`,
    )
    await client.end()
    return rows
  }
  expect(await tables('identity_service')).toEqual([{ name: 'Clients', owner: 'identity_service' }])
  expect(await tables('creatio')).toEqual([])
})
