import type { Locator, Page } from '@playwright/test'

/** The system client: ID, name and secret, its scopes and its grant types, each on a tab. */
export class ClientPage {
  readonly id: Locator
  readonly secret: Locator
  readonly name: Locator
  readonly showSecret: Locator
  readonly copySecret: Locator
  readonly useAnyway: Locator
  readonly values: Locator
  readonly scopes: Locator
  readonly grants: Locator
  readonly addScope: Locator
  readonly add: Locator
  /** What is said of a client that the database has with another secret. */
  readonly existing: Locator
  readonly replaceExisting: Locator
  readonly generateAnotherId: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.id = page.getByLabel('Client ID', { exact: true })
    this.secret = page.getByLabel('Client secret', { exact: true })
    this.name = page.getByLabel('Client name', { exact: true })
    this.showSecret = page.getByRole('button', { name: 'Show client secret' })
    this.copySecret = page.getByRole('button', { name: 'Copy client secret' })
    this.useAnyway = page.getByRole('checkbox', { name: /^Use anyway/ })
    this.values = page.getByRole('tab', { name: /^ID and secret/ })
    this.scopes = page.getByRole('tab', { name: /^Scopes/ })
    this.grants = page.getByRole('tab', { name: /^Grant types/ })
    this.addScope = page.getByLabel('Add a scope', { exact: true })
    this.add = page.getByRole('button', { name: 'Add', exact: true })
    this.existing = page.getByRole('region', { name: 'The database has this client with another secret' })
    this.replaceExisting = page.getByRole('checkbox', { name: 'Replace the client in the database' })
    this.generateAnotherId = page.getByRole('button', { name: 'Generate another ID' })
  }

  /** A row of the scopes. */
  scope(name: string): Locator {
    return this.#page
      .getByRole('region', { name: 'Scopes of the client' })
      .getByRole('listitem')
      .filter({ has: this.#page.getByText(name, { exact: true }) })
  }

  removeScope(name: string): Locator {
    return this.#page.getByRole('button', { name: `Remove ${name}`, exact: true })
  }

  /** `title` as the page calls it, such as `Client credentials`. */
  grant(title: string): Locator {
    return this.#page.getByRole('checkbox', { name: new RegExp(`^${title}`) })
  }
}
