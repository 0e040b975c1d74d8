import type { Locator, Page } from '@playwright/test'

/** ID, name and secret of the system client. */
export class ClientPage {
  readonly id: Locator
  readonly secret: Locator
  readonly name: Locator
  readonly showSecret: Locator
  readonly copySecret: Locator
  readonly useAnyway: Locator

  constructor(page: Page) {
    this.id = page.getByLabel('Client ID', { exact: true })
    this.secret = page.getByLabel('Client secret', { exact: true })
    this.name = page.getByLabel('Client name', { exact: true })
    this.showSecret = page.getByRole('button', { name: 'Show client secret' })
    this.copySecret = page.getByRole('button', { name: 'Copy client secret' })
    this.useAnyway = page.getByRole('checkbox', { name: /^Use these values anyway/ })
  }
}
