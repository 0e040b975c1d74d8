import { expect, type Locator, type Page } from '@playwright/test'

/** The plan. */
export class ReviewPage {
  readonly install: Locator
  readonly steps: Locator
  readonly changesTab: Locator
  readonly commandsTab: Locator
  readonly details: Locator
  readonly saveAnswers: Locator

  constructor(page: Page) {
    this.install = page.getByRole('button', { name: 'Install', exact: true })
    this.steps = page.getByRole('list', { name: 'Steps of the plan' }).getByRole('button')
    this.changesTab = page.getByRole('tab', { name: 'Changes' })
    this.commandsTab = page.getByRole('tab', { name: 'Commands and SQL' })
    this.details = page.getByRole('tabpanel')
    this.saveAnswers = page.getByRole('button', { name: 'Save answers…' })
  }

  /** The rows of the plan, once it is there. */
  async allSteps(): Promise<Locator[]> {
    await expect(this.steps.first()).toBeVisible()
    return this.steps.all()
  }
}
