import { expect, type Locator, type Page } from '@playwright/test'

/** The run. */
export class InstallPage {
  readonly bar: Locator
  readonly log: Locator
  readonly stop: Locator
  readonly retry: Locator
  readonly goOn: Locator
  readonly rollBack: Locator
  readonly close: Locator
  /** Cause, remedy and evidence of what failed, or the log behind the other tab. */
  readonly failure: Locator
  readonly logTab: Locator
  readonly #heading: Locator

  constructor(page: Page) {
    this.bar = page.getByRole('progressbar', { name: 'Progress of the installation' })
    this.log = page.getByRole('region', { name: 'Log', exact: true })
    this.stop = page.getByRole('button', { name: 'Stop after this step' })
    this.retry = page.getByRole('button', { name: 'Try this step again' })
    this.goOn = page.getByRole('button', { name: 'Go on' })
    this.rollBack = page.getByRole('button', { name: /^Roll back/ })
    this.close = page.getByRole('button', { name: 'Close' })
    this.failure = page.getByRole('tabpanel')
    this.logTab = page.getByRole('tab', { name: 'Log' })
    this.#heading = page.getByRole('heading', { level: 1 })
  }

  /** Waits until a step has failed and the wizard stands still. */
  async expectFailed(): Promise<void> {
    await expect(this.#heading).toHaveText(/^“.+” failed$/, { timeout: 90_000 })
    await expect(this.retry).toBeVisible()
  }
}
