import { expect, type Locator, type Page } from '@playwright/test'
import { ClientPage } from './client-page.ts'
import { ContainerPage } from './container-page.ts'
import { DatabasePage } from './database-page.ts'
import { FilesPage } from './files-page.ts'
import { FinishPage } from './finish-page.ts'
import { HostingPage } from './hosting-page.ts'
import { InstallPage } from './install-page.ts'
import { ProofPage } from './proof-page.ts'
import { ReviewPage } from './review-page.ts'
import { StartPage } from './start-page.ts'

/** What every page has: heading, step list, Back, Next, Cancel, the summary of what is missing. */
export class Wizard {
  readonly page: Page
  readonly start: StartPage
  readonly files: FilesPage
  readonly hosting: HostingPage
  readonly database: DatabasePage
  readonly client: ClientPage
  readonly container: ContainerPage
  readonly review: ReviewPage
  readonly install: InstallPage
  readonly proof: ProofPage
  readonly finish: FinishPage

  constructor(page: Page) {
    this.page = page
    this.start = new StartPage(page)
    this.files = new FilesPage(page)
    this.hosting = new HostingPage(page)
    this.database = new DatabasePage(page)
    this.client = new ClientPage(page)
    this.container = new ContainerPage(page)
    this.review = new ReviewPage(page)
    this.install = new InstallPage(page)
    this.proof = new ProofPage(page)
    this.finish = new FinishPage(page)
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 })
  }

  /** The row of the step list that is marked as current. */
  get currentStep(): Locator {
    return this.page.getByRole('navigation').locator('[aria-current=step]')
  }

  get summary(): Locator {
    return this.page.getByRole('alert')
  }

  get next(): Locator {
    return this.page.getByRole('button', { name: 'Next', exact: true })
  }

  get back(): Locator {
    return this.page.getByRole('button', { name: 'Back', exact: true })
  }

  get cancel(): Locator {
    return this.page.getByRole('button', { name: 'Cancel', exact: true })
  }

  /** Waits for a page by its heading, which has the focus then. */
  async expectPage(title: string | RegExp): Promise<void> {
    await expect(this.heading).toHaveText(title)
    await expect(this.heading).toBeFocused()
  }

  /** Presses Next and waits for the page that follows. */
  async goOn(title: string | RegExp): Promise<void> {
    await this.next.click()
    await this.expectPage(title)
  }

  /** Opens a page that is done already from the step list. */
  async openStep(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click()
    await this.expectPage(name)
  }
}
