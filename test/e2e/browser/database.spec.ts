import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { Wizard } from '../pages/wizard.ts'
import { expectAccessible } from '../support/axe.ts'
import { expectFits } from '../support/fits.ts'
import { expect, test as base } from '../support/test.ts'

// The page Database against the real back end and a real PostgreSQL. One door is enough for what a page does by itself.

interface Fixtures {
  postgres: Postgres
  /** Creatio's folder; gives the function that writes its ConnectionStrings.config. */
  creatio: { readonly folder: string; write(entries: string): Promise<void> }
  /** The wizard on the page Database. */
  atDatabase: Wizard
}

const limited = 'creatio_app'
const password = 'r8Vb;3n"Kq.Z t6'

const test = base.extend<Fixtures>({
  postgres: async ({ stateFolder }, use) => {
    const database = await startPostgres({
      folder: join(stateFolder, 'test', 'postgres'),
      log: () => undefined,
    })
    await asAdministrator(database, [
      `CREATE ROLE ${limited} LOGIN PASSWORD '${password}'`,
      `GRANT CONNECT ON DATABASE ${database.database} TO ${limited}`,
      `REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
    ])
    await use(database)
    await database.stop()
  },
  creatio: async ({ stateFolder, postgres }, use) => {
    const folder = join(stateFolder, 'test', 'Creatio')
    await mkdir(folder, { recursive: true })
    const write = (entries: string) =>
      writeFile(
        join(folder, 'ConnectionStrings.config'),
        `<connectionStrings>\n${entries}\n</connectionStrings>`,
      )
    const secret = `&quot;${password.replaceAll('"', '&quot;&quot;')}&quot;`
    await write(
      [
        `<add name="db" connectionString="Server=${postgres.host};Port=${postgres.port};Database=${postgres.database};User ID=${limited};password=${secret};Timeout=500; CommandTimeout=400;MaxPoolSize=1024;" />`,
        `<add name="dbMSSqlUnitTest" connectionString="Data Source=sql01\\CRM;Initial Catalog=unit;Integrated Security=SSPI;Async=true" />`,
      ].join('\n'),
    )
    await use({ folder, write })
  },
  // A practice run needs no IIS and no container engine; its Creatio is replaced by the test's.
  atDatabase: async ({ wizard: page, creatio }, use) => {
    const wizard = new Wizard(page)
    await wizard.beginPractice()
    await wizard.files.creatioFolder.fill(creatio.folder)
    await wizard.next.click()
    await wizard.expectStep('Hosting')
    await wizard.next.click()
    await wizard.expectStep('Prerequisites')
    await expect(page.getByText(/\d+ checks in/)).toBeVisible({ timeout: 30_000 })
    await wizard.next.click()
    await wizard.expectStep('Database')
    await use(wizard)
  },
})

async function asAdministrator(postgres: Postgres, statements: readonly string[]): Promise<void> {
  const { host, port, database, user } = postgres
  const client = new Client({ host, port, database, user, password: postgres.password.open() })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test.setTimeout(120_000)

test('rights that are missing are said with a script, and granted with it', async ({
  atDatabase: { database, page },
  postgres,
  saved,
}) => {
  await expect(database.entries).toHaveCount(2)
  await expect(database.entries.first()).toBeChecked()
  await expect(database.outcome).toHaveText('Stopped at rights', { timeout: 30_000 })
  await expectAccessible(page)
  await database.grants.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('GRANT')
  await expectAccessible(page)
  const file = await saved(() => dialog.getByRole('button', { name: 'Save' }).click())
  expect(file.bytes.toString()).not.toContain(password)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await asAdministrator(postgres, [file.bytes.toString()])
  const begin = await database.test.elementHandle()
  await database.test.click()
  await database.expectPassed()
  // Pressed twice it does not cancel what it began: the button to cancel is another one.
  expect(await begin?.evaluate((button) => button.isConnected)).toBe(false)
  await expect(database.contents).toContainText('New')
  await expectFits(page)
})

test('the entry is edited as text and in fields, and its password stays hidden', async ({
  atDatabase: { database, page },
}) => {
  await expect(database.written).toContainText('[hidden]')
  await database.editAsText.click()
  await expect(database.connectionString).toHaveValue(/password=\[hidden\];Timeout=500; CommandTimeout=400/)
  const text = await database.connectionString.inputValue()
  await database.connectionString.fill(text.replace('Timeout=500', 'Timeout=7'))
  await database.connectionString.blur()
  await database.editInFields.click()
  await expect(database.user).toHaveValue(limited)
  await expect(page.getByLabel('Further keywords (optional)')).toHaveValue(/Timeout=7/)
  // The password came along: the test gets past the login.
  await database.test.click()
  await expect(database.outcome).toHaveText('Stopped at rights', { timeout: 30_000 })
  await database.editAsText.click()
  await expect(database.connectionString).toHaveValue(/Timeout=7/)
  expect(await page.content()).not.toContain(password)
})

test('a text that cannot be read stays, with its place, and its password goes once it is read', async ({
  atDatabase: { database, page },
}) => {
  await database.way.selectOption('connection-string')
  await database.connectionString.fill(`Host=db01;Database=a;Username=b;Password="x`)
  await database.connectionString.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(database.connectionString).toHaveValue(/Password="x$/)
  await database.connectionString.fill(`Host=db01;Database=a;Username=b;Password="canary-77"`)
  await database.connectionString.blur()
  await expect(database.connectionString).toHaveValue(/Password=\[hidden\]/)
  expect(await page.content()).not.toContain('canary-77')
  await expectAccessible(page)
})

test('a left-over entry can be taken, with what the service does not take of it', async ({
  atDatabase: { database, page },
}) => {
  await database.entries.nth(1).check()
  await expect(database.written).not.toContainText('Async')
  await expect(database.notes.filter({ hasText: 'Async' })).toHaveCount(1)
  await expect(page.getByText('the service logs in as the account of its application pool')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
})

test('a database of its own: what the administrator may make is tested, and nothing is made', async ({
  atDatabase: { database, page },
  postgres,
}) => {
  await database.ownDatabase.click()
  await expect(database.way).toHaveValue('new')
  await expect(database.server).toHaveValue(postgres.host)
  await database.administrator.user.fill(postgres.user)
  await database.administrator.password.fill(postgres.password.open())
  await database.administrator.password.blur()
  await database.test.click()
  await database.expectPassed()
  await page.getByRole('button', { name: 'Show the SQL' }).click()
  await expect(page.getByRole('dialog')).toContainText('CREATE DATABASE')
  await expectAccessible(page)
})
