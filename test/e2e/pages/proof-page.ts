import type { Locator, Page } from '@playwright/test'

/** What the running service says. */
export class ProofPage {
  readonly checks: Locator
  readonly evidence: Locator
  readonly again: Locator

  constructor(page: Page) {
    this.checks = page.getByRole('list', { name: 'Checks' }).getByRole('button')
    this.evidence = page.getByRole('region', { name: 'Evidence', exact: true })
    this.again = page.getByRole('button', { name: 'Check again' }).first()
  }

  allChecks(): Promise<Locator[]> {
    return this.checks.all()
  }
}
