import type { Locator, Page } from '@playwright/test'

/** The pages that only the replacement of a certificate has: Installation and Restart. */
export class ReplacePage {
  readonly begin: Locator
  readonly otherFolder: Locator
  readonly folder: Locator
  readonly container: Locator
  /** The certificate that the chosen installation has now. */
  readonly current: Locator
  readonly restartMyself: Locator
  readonly inPlace: Locator
  readonly elsewhere: Locator
  readonly newPath: Locator
  readonly replace: Locator
  readonly bar: Locator
  readonly another: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.begin = page.getByRole('button', { name: /^Replace the certificate New signing key/ })
    this.otherFolder = page.getByRole('radio', { name: /^Another folder/ })
    this.folder = page.getByLabel('Folder', { exact: true })
    this.container = page.getByLabel('Container', { exact: true })
    this.current = page.getByRole('region', { name: 'Certificate in use now' })
    this.restartMyself = page.getByRole('radio', { name: /^I restart Creatio myself/ })
    this.inPlace = page.getByRole('radio', { name: /^In place of the current one/ })
    this.elsewhere = page.getByRole('radio', { name: /^Another path/ })
    this.newPath = page.getByLabel('Path of the new file')
    this.replace = page.getByRole('button', { name: 'Replace', exact: true })
    this.bar = page.getByRole('progressbar', { name: 'Progress of the replacement' })
    this.another = page.getByRole('button', { name: /^Replace in another installation…/ })
  }

  /** "Replace…" on the card of an installation of the first page. */
  ofInstallation(name: string): Locator {
    return this.#page.getByRole('button', { name: `Replace the certificate of ${name}…` })
  }

  /** One of the installations to choose from. */
  installation(name: string): Locator {
    return this.#page.getByRole('radio', { name: new RegExp(`^${name} `) })
  }

  /** A row of Finish, by its name. */
  fact(name: string): Locator {
    return this.#page
      .getByRole('region', { name: 'For the change ticket' })
      .locator('dl > div', { hasText: name })
  }
}
