import type { Locator, Page } from '@playwright/test'

/** The run. */
export class InstallPage {
  readonly bar: Locator
  readonly log: Locator
  readonly stop: Locator
  readonly retry: Locator
  readonly goOn: Locator
  readonly rollBack: Locator
  readonly close: Locator

  constructor(page: Page) {
    this.bar = page.getByRole('progressbar', { name: 'Progress of the installation' })
    this.log = page.getByRole('region', { name: 'Log', exact: true })
    this.stop = page.getByRole('button', { name: 'Stop after this step' })
    this.retry = page.getByRole('button', { name: 'Try this step again' })
    this.goOn = page.getByRole('button', { name: 'Go on' })
    this.rollBack = page.getByRole('button', { name: /^Roll back/ })
    this.close = page.getByRole('button', { name: 'Close' })
  }
}
