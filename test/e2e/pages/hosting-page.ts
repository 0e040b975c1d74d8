import type { Locator, Page } from '@playwright/test'

/** IIS or Docker. */
export class HostingPage {
  readonly docker: Locator
  readonly iis: Locator

  constructor(page: Page) {
    this.docker = page.getByRole('radio', { name: /^Docker/ })
    this.iis = page.getByRole('radio', { name: /^IIS/ })
  }
}
