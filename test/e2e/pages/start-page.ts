import type { Locator, Page } from '@playwright/test'

/** The first page: what is here, and what to do. */
export class StartPage {
  readonly newInstallation: Locator
  readonly practiceRun: Locator
  readonly answerFile: Locator
  /** The file input behind "Open an answer file…", where the door has no native dialogs. */
  readonly answerFileInput: Locator
  readonly resume: Locator
  readonly rollBack: Locator
  readonly lookAgain: Locator

  constructor(page: Page) {
    this.newInstallation = page.getByRole('button', { name: /^New installation/ })
    this.practiceRun = page.getByRole('button', { name: /^Practice run/ })
    this.answerFile = page.getByRole('button', { name: 'Open an answer file…' })
    this.answerFileInput = page.locator('input[type=file]')
    this.resume = page.getByRole('button', { name: 'Resume' })
    this.rollBack = page.getByRole('button', { name: 'Roll back' })
    this.lookAgain = page.getByRole('button', { name: 'Look again' })
  }
}
