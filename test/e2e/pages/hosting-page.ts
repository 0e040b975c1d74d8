import type { Locator, Page } from '@playwright/test'

/** Docker, IIS (not yet) or the practice run. */
export class HostingPage {
  readonly docker: Locator
  readonly iis: Locator
  readonly practice: Locator
  readonly practicePort: Locator

  constructor(page: Page) {
    this.docker = page.getByRole('radio', { name: /^Docker/ })
    this.iis = page.getByRole('radio', { name: /^IIS/ })
    this.practice = page.getByRole('radio', { name: /^Practice/ })
    this.practicePort = page.getByLabel('Port of the practice service (optional)')
  }
}
