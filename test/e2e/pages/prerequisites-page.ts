import { expect, type Locator, type Page } from '@playwright/test'

/** What has to be there before the setup. */
export class PrerequisitesPage {
  readonly rows: Locator
  readonly again: Locator
  readonly attention: Locator
  readonly passed: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.rows = page.getByRole('region', { name: 'Checks', exact: true })
    this.again = page.getByRole('button', { name: 'Check again' })
    this.attention = page.getByRole('region', { name: 'Needs attention' })
    this.passed = page.getByRole('region', { name: 'Passed' })
  }

  /** Waits until the checks are over; fails when one of them stops the setup. */
  async expectNothingStops(): Promise<void> {
    await expect(this.#page.getByText('Nothing stops the setup.')).toBeVisible({ timeout: 30_000 })
  }

  /** Waits until the checks are over and so many of them stop the setup. */
  async expectFailures(count: number): Promise<void> {
    const words = count === 1 ? '1 failure' : `${count} failures`
    await expect(this.#page.getByText(`${words} to resolve before Install`)).toBeVisible({ timeout: 30_000 })
  }
}
