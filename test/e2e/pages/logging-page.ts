import type { Locator, Page } from '@playwright/test'

/** Log level and stdout log. */
export class LoggingPage {
  readonly level: Locator
  readonly stdout: Locator

  constructor(page: Page) {
    this.level = page.getByLabel('Log level')
    this.stdout = page.getByRole('switch', { name: 'Write the stdout log' })
  }
}
