import type { Locator, Page } from '@playwright/test'

/** The signing key: size, days, subject. */
export class CertificatePage {
  readonly key: Locator
  readonly days: Locator
  readonly subject: Locator

  constructor(page: Page) {
    this.key = page.getByLabel('Key size')
    this.days = page.getByLabel('Valid for', { exact: true })
    this.subject = page.getByLabel('Subject', { exact: true })
  }
}
