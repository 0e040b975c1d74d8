import { expect, type Locator, type Page } from '@playwright/test'

/** What has to be there before the setup. */
export class PrerequisitesPage {
  readonly rows: Locator
  readonly again: Locator
  readonly attention: Locator
  readonly passed: Locator
  /** The installer of the hosting bundle that a check asks for. */
  readonly bundle: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.rows = page.getByRole('region', { name: 'Checks', exact: true })
    this.again = page.getByRole('button', { name: 'Check again' })
    this.attention = page.getByRole('region', { name: 'Needs attention' })
    this.passed = page.getByRole('region', { name: 'Passed' })
    this.bundle = page.getByRole('textbox', { name: 'Installer of the hosting bundle' })
  }

  /** The row of a check, which opens and closes what is known about it. */
  row(title: string): Locator {
    return this.rows.getByRole('button', {
      name: new RegExp(`^(Passed|Warning|Failed|Not applicable) ${title}`),
    })
  }

  /** Opens the row of a check, unless it is open. While checks go on, the worst row opens by itself, and rows move. */
  async open(title: string): Promise<void> {
    await expect(this.#page.getByText(/\d+ checks in/)).toBeVisible({ timeout: 60_000 })
    const row = this.row(title)
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click()
  }

  /** Carries out what a check offers, past the question whether it may disturb what it names. */
  async fix(label: string): Promise<void> {
    await this.#page.getByRole('button', { name: label, exact: true }).click()
    const dialog = this.#page.getByRole('dialog')
    await dialog.getByRole('button', { name: label.replace(/…$/, ''), exact: true }).click()
  }

  /** Waits until the checks are over; fails when one of them stops the setup. */
  async expectNothingStops(): Promise<void> {
    await expect(this.#page.getByText('Nothing stops the setup.')).toBeVisible({ timeout: 60_000 })
  }

  /** Waits until the checks are over and something stops the setup. */
  async expectFailures(): Promise<void> {
    const said = this.#page.getByText(/^\d+ failures? to resolve before Install$/)
    await expect(this.#page.getByText(/\d+ checks in/)).toBeVisible({ timeout: 60_000 })
    await expect(said).toBeVisible()
  }
}
