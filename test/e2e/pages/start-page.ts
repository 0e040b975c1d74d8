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
  readonly interrupted: Locator
  readonly more: Locator
  readonly discard: Locator
  readonly tasks: Locator
  readonly lookAgain: Locator
  readonly moreForInstallation: Locator
  /** What is asked before something is disturbed or lost. */
  readonly question: Locator
  readonly lookAtCertificate: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.newInstallation = page.getByRole('button', { name: /^New installation/ })
    this.practiceRun = page.getByRole('button', { name: /^Practice run/ })
    this.answerFile = page.getByRole('button', { name: 'Open an answer file…' })
    this.answerFileInput = page.locator('input[type=file]')
    this.resume = page.getByRole('button', { name: 'Resume' })
    this.rollBack = page.getByRole('button', { name: 'Roll back' })
    this.interrupted = page.getByRole('region', { name: 'A setup was interrupted' })
    this.more = page.getByRole('button', { name: 'More for the interrupted setup' })
    this.discard = page.getByRole('button', { name: 'Discard the journal…' })
    this.tasks = page.getByRole('heading', { name: 'What do you want to do?' })
    this.lookAgain = page.getByRole('button', { name: 'Look again' })
    this.moreForInstallation = page.getByRole('button', { name: /^More for (?!the interrupted)/ })
    this.question = page.getByRole('dialog')
    this.lookAtCertificate = page.getByRole('button', { name: /^Look at a certificate/ })
  }

  /** The card of an installation. */
  installation(name: string): Locator {
    return this.#page.getByRole('region', { name, exact: true })
  }

  /** Opens the certificate that an installation has now, and gives what is in it. */
  async showCertificate(name: string): Promise<Locator> {
    await this.installation(name)
      .getByRole('button', { name: `More for ${name}` })
      .click()
    await this.#page.getByRole('button', { name: 'Show certificate…' }).click()
    return this.question.getByRole('region', { name: 'What was found' })
  }
}
