import { expect, type Locator, type Page } from '@playwright/test'

interface Connection {
  readonly server: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: string
}

/** The database, with its layered test. */
export class DatabasePage {
  readonly way: Locator
  readonly server: Locator
  readonly port: Locator
  readonly database: Locator
  readonly user: Locator
  readonly password: Locator
  readonly connectionString: Locator
  readonly test: Locator
  readonly anyway: Locator
  readonly layers: Locator
  readonly outcome: Locator
  readonly entries: Locator
  readonly editAsText: Locator
  readonly editInFields: Locator
  readonly written: Locator
  readonly notes: Locator
  readonly grants: Locator
  readonly contents: Locator
  readonly ownDatabase: Locator
  readonly administrator: { readonly user: Locator; readonly password: Locator }
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.way = page.getByLabel('Where the connection comes from')
    this.server = page.getByLabel('Server', { exact: true })
    this.port = page.getByLabel('Port', { exact: true })
    this.database = page.getByLabel('Database', { exact: true }).and(page.locator('input'))
    this.user = page.getByLabel('User', { exact: true })
    this.password = page.getByLabel('Password', { exact: true })
    this.connectionString = page
      .getByLabel('Connection string', { exact: true })
      .and(page.locator('textarea'))
    const card = page.getByRole('region', { name: 'Connection test' })
    this.test = card.getByRole('button', { name: /^Test/ })
    this.anyway = page.getByRole('checkbox', { name: /^Go on although/ })
    this.layers = card.getByRole('listitem')
    this.outcome = card.locator('.pill')
    this.entries = page.getByRole('group', { name: 'Entry of ConnectionStrings.config' }).getByRole('radio')
    this.editAsText = page.getByRole('button', { name: 'Edit as text' })
    this.editInFields = page.getByRole('button', { name: 'Edit in fields' })
    this.written = page.getByRole('group', { name: 'the connection string' })
    this.notes = page.getByRole('list', { name: 'About this connection string' }).getByRole('listitem')
    this.grants = card.getByRole('button', { name: 'Script for the database administrator…' })
    this.contents = page.getByRole('region', { name: 'What is already there' })
    this.ownDatabase = page.getByRole('button', { name: /^Create a/ })
    const administrator = page.getByRole('group', { name: 'Administrator of the server' })
    this.administrator = {
      user: administrator.getByLabel('User', { exact: true }),
      password: administrator.getByLabel('Password', { exact: true }),
    }
  }

  /** An entry of ConnectionStrings.config. */
  entry(name: string): Locator {
    return this.entries.and(this.#page.getByRole('radio', { name: new RegExp(`^${name} `) }))
  }

  /** The value of a name in square brackets. */
  placeholder(name: string): Locator {
    return this.#page.getByLabel(`[${name}]`, { exact: true })
  }

  async give(connection: Connection): Promise<void> {
    await this.way.selectOption('fields')
    await this.server.fill(connection.server)
    await this.port.fill(connection.port)
    await this.database.fill(connection.database)
    await this.user.fill(connection.user)
    await this.password.fill(connection.password)
    await this.password.blur()
  }

  /** Waits until the test, begun by itself or by a button, is over; fails unless every layer passed. */
  async expectPassed(): Promise<void> {
    await expect(this.outcome).toHaveText(/^Passed in/, { timeout: 30_000 })
  }
}
