import type { Locator, Page } from '@playwright/test'

/** The facts and the report. */
export class FinishPage {
  readonly saveHtml: Locator
  readonly saveJson: Locator
  readonly savePdf: Locator
  readonly anotherSetup: Locator

  constructor(page: Page) {
    this.saveHtml = page.getByRole('button', { name: 'Save the report as HTML' })
    this.saveJson = page.getByRole('button', { name: 'Save the report as JSON' })
    this.savePdf = page.getByRole('button', { name: 'Save the report as PDF' })
    this.anotherSetup = page.getByRole('button', { name: /^Start another setup/ })
  }
}
