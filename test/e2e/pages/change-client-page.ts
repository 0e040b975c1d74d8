import type { Locator, Page } from '@playwright/test'

/** The pages that only the change of a client has: Installation and New client; and its words on the others. */
export class ChangeClientPage {
  readonly begin: Locator
  /** In the menu of an installation of the first page. */
  readonly inMenu: Locator
  readonly otherFolder: Locator
  readonly folder: Locator
  readonly container: Locator
  readonly databaseServer: Locator
  /** The client that the chosen installation has now. */
  readonly today: Locator
  readonly id: Locator
  readonly secret: Locator
  readonly name: Locator
  readonly generateId: Locator
  readonly generateSecret: Locator
  readonly keepSecret: Locator
  readonly values: Locator
  readonly scopes: Locator
  readonly grants: Locator
  readonly addScope: Locator
  readonly backToToday: Locator
  /** What changes, live. */
  readonly diff: Locator
  readonly cutOff: Locator
  readonly change: Locator
  readonly bar: Locator
  /** Above the values for Creatio, after the change. */
  readonly creatioFollows: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.begin = page.getByRole('button', { name: /^Change the client New ID/ })
    this.inMenu = page.getByRole('button', { name: 'Change the client…' })
    this.otherFolder = page.getByRole('radio', { name: /^Another folder/ })
    this.folder = page.getByLabel('Folder', { exact: true })
    this.container = page.getByLabel('Container', { exact: true })
    this.databaseServer = page.getByLabel('Database server as this server reaches it')
    this.today = page.getByRole('region', { name: 'Client today' })
    this.id = page.getByLabel('New client ID', { exact: true })
    this.secret = page.getByLabel('New client secret', { exact: true })
    this.name = page.getByLabel('New client name', { exact: true })
    this.generateId = page.getByRole('button', { name: 'Generate a new client ID' })
    this.generateSecret = page.getByRole('button', { name: 'Generate a new client secret' })
    this.keepSecret = page.getByRole('button', { name: 'Keep the secret of today' })
    this.values = page.getByRole('tab', { name: /^ID and secret/ })
    this.scopes = page.getByRole('tab', { name: /^Scopes/ })
    this.grants = page.getByRole('tab', { name: /^Grant types/ })
    this.addScope = page.getByLabel('Add a scope', { exact: true })
    this.backToToday = page.getByRole('button', { name: 'Use those of today' })
    this.diff = page.getByRole('region', { name: 'What changes', exact: true })
    this.cutOff = page.getByText('Creatio gets no tokens until its system settings follow.')
    this.change = page.getByRole('button', { name: 'Change the client', exact: true })
    this.bar = page.getByRole('progressbar', { name: 'Progress of the change' })
    this.creatioFollows = page.getByText('Creatio gets no tokens until it has these values.')
  }

  /** "Change the client…" in the menu of an installation of the first page. */
  async ofInstallation(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `More for ${name}` }).click()
    await this.inMenu.click()
  }

  /** One of the installations to choose from. */
  installation(name: string): Locator {
    return this.#page.getByRole('radio', { name: new RegExp(`^${name} `) })
  }

  /** One of several clients of the chosen service. */
  client(id: string): Locator {
    return this.#page.getByRole('radio', { name: new RegExp(`^${id} `) })
  }

  scope(name: string): Locator {
    return this.#page.getByRole('checkbox', { name: new RegExp(`^${name} `) })
  }

  grant(title: string): Locator {
    return this.#page.getByRole('checkbox', { name: new RegExp(`^${title}`) })
  }

  /** A row of Finish, by its name. */
  fact(name: string): Locator {
    return this.#page
      .getByRole('region', { name: 'For the change ticket' })
      .locator('dl > div', { hasText: name })
  }
}
