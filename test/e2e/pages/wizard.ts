import { expect, type Locator, type Page } from '@playwright/test'
import { CertificatePage } from './certificate-page.ts'
import { ChangeClientPage } from './change-client-page.ts'
import { ClientPage } from './client-page.ts'
import { ContainerPage } from './container-page.ts'
import { DatabasePage } from './database-page.ts'
import { FilesPage } from './files-page.ts'
import { FinishPage } from './finish-page.ts'
import { HostingPage } from './hosting-page.ts'
import { InstallPage } from './install-page.ts'
import { LoggingPage } from './logging-page.ts'
import { PrerequisitesPage } from './prerequisites-page.ts'
import { ProofPage } from './proof-page.ts'
import { ReplacePage } from './replace-page.ts'
import { ReviewPage } from './review-page.ts'
import { StartPage } from './start-page.ts'
import { WebsitePage } from './website-page.ts'

/** Names of the step list by place; two kinds of hosting share one. */
const steps = [
  ['Service files'],
  ['Hosting'],
  ['Prerequisites'],
  ['Database'],
  ['System client'],
  ['Certificate'],
  ['Website', 'Container'],
  ['Logging'],
  ['Review'],
  ['Install'],
  ['Proof'],
  ['Connect to Creatio'],
  ['Finish'],
] as const

export type StepName = (typeof steps)[number][number]

/** The steps between Service files and Install that a practice run needs. */
const practiceSteps = [
  'Hosting',
  'Prerequisites',
  'Database',
  'System client',
  'Certificate',
  'Website',
  'Logging',
  'Review',
] as const

/** What every page has: heading, step list, Back, Next, Cancel, the summary of what is missing. */
export class Wizard {
  readonly page: Page
  readonly start: StartPage
  readonly files: FilesPage
  readonly hosting: HostingPage
  readonly prerequisites: PrerequisitesPage
  readonly database: DatabasePage
  readonly client: ClientPage
  readonly certificate: CertificatePage
  readonly container: ContainerPage
  readonly website: WebsitePage
  readonly logging: LoggingPage
  readonly replacement: ReplacePage
  readonly clientChange: ChangeClientPage
  readonly review: ReviewPage
  readonly install: InstallPage
  readonly proof: ProofPage
  readonly finish: FinishPage

  constructor(page: Page) {
    this.page = page
    this.start = new StartPage(page)
    this.files = new FilesPage(page)
    this.hosting = new HostingPage(page)
    this.prerequisites = new PrerequisitesPage(page)
    this.database = new DatabasePage(page)
    this.client = new ClientPage(page)
    this.certificate = new CertificatePage(page)
    this.container = new ContainerPage(page)
    this.website = new WebsitePage(page)
    this.logging = new LoggingPage(page)
    this.replacement = new ReplacePage(page)
    this.clientChange = new ChangeClientPage(page)
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

  /** The last sentence for screen readers. */
  get spoken(): Locator {
    return this.page.locator('.window > [aria-live=polite]')
  }

  /** What Next found missing. */
  get summary(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /needed before the next page/ })
  }

  /** Everything that stands in the fields of the page, by their ids. */
  fields(): Promise<Readonly<Record<string, string | boolean>>> {
    const all = this.page.getByRole('main').locator('input, select, textarea')
    return all.evaluateAll((elements) =>
      Object.fromEntries(
        elements.map((element) => {
          const field = element as HTMLInputElement
          const key = field.id || `${field.name} ${field.closest('label')?.querySelector('b')?.textContent}`
          return [key, /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value]
        }),
      ),
    )
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

  /** Waits for one of the 13 steps: its heading has the focus, its name stands in the title and is marked in the list. */
  async expectStep(name: StepName, heading: string | RegExp = name): Promise<void> {
    await this.expectPage(heading)
    const place = steps.findIndex((names) => (names as readonly StepName[]).includes(name))
    const step = `Step ${place + 1} of ${steps.length}`
    await expect(this.page).toHaveTitle(`${step}: ${name} – Identity Service Setup`)
    await expect(this.page.getByRole('main').getByText(step, { exact: true })).toBeVisible()
    await expect(this.currentStep).toHaveCount(1)
    await expect(this.currentStep).toContainText(name)
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

  /** Begins a practice run; its database is made first. */
  async beginPractice(press = () => this.start.practiceRun.click()): Promise<void> {
    await press()
    await expect(this.heading).toHaveText('Service files', { timeout: 60_000 })
    await this.expectStep('Service files')
  }

  /** From the first page through a practice run to its review page, with nothing typed. */
  async practiceToReview(): Promise<void> {
    await this.beginPractice()
    await this.toReview()
  }

  /**
   * From a page of a practice run, else Service files, to its review page; `atPage` looks at each on the way.
   */
  async toReview(
    atPage: (name: StepName) => Promise<void> = () => Promise.resolve(),
    from?: (typeof practiceSteps)[number],
  ): Promise<void> {
    const first = from === undefined ? 0 : practiceSteps.indexOf(from) + 1
    for (const name of practiceSteps.slice(first)) {
      await this.next.click()
      await this.expectStep(name)
      if (name === 'Prerequisites') await this.prerequisites.expectNothingStops()
      if (name === 'Review') await this.review.allSteps()
      await atPage(name)
    }
  }

  /** From the first page to the first one of a replacement, of an installation that may be new to the page. */
  async beginReplacement(name: string): Promise<void> {
    await this.start.lookAgain.click()
    await this.replacement.ofInstallation(name).click()
    await this.expectPage('Installation')
    await expect(this.replacement.current).toBeVisible()
  }

  /** From the first page of a replacement to its review, where Creatio is restarted by hand. */
  async replacementToReview(
    atPage: (title: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    for (const title of ['Certificate', 'Restart', 'Review']) {
      await this.goOn(title)
      if (title === 'Restart') await this.replacement.restartMyself.check()
      if (title === 'Review') await this.review.allSteps()
      await atPage(title)
    }
  }

  /** From the first page to the first one of a change of the client, of an installation that may be new to the page. */
  async beginClientChange(name: string): Promise<void> {
    await this.start.lookAgain.click()
    await this.clientChange.ofInstallation(name)
    await this.expectPage('Installation')
    await expect(this.clientChange.today).toBeVisible()
  }

  /** Waits until the run is over and every check of the proof has passed. */
  async expectProven({ timeout = 90_000 } = {}): Promise<void> {
    await expect(this.heading).toHaveText('Proof', { timeout })
    await expect(
      this.page.getByRole('main').getByText(/^The running service was asked\. All \d+ checks passed\.$/),
    ).toBeVisible({
      timeout: 30_000,
    })
  }

  /** The same where one check warns, and says this. */
  async expectProvenBut(warning: string): Promise<void> {
    await expect(this.heading).toHaveText('Proof', { timeout: 90_000 })
    await expect(this.page.getByRole('main').getByText(/^The running service was asked\. /)).toBeVisible({
      timeout: 30_000,
    })
    await expect(this.proof.checks.filter({ hasText: warning })).toHaveAccessibleName(/^Warning /)
    await expect(this.proof.checks.filter({ hasText: 'Failed' })).toHaveCount(0)
  }

  /** From the proof of a practice run back to the first page. */
  async finishUp(): Promise<void> {
    await this.next.click()
    await this.expectStep('Connect to Creatio')
    await this.next.click()
    await this.expectStep('Finish', 'The practice run is complete')
    await this.finish.anotherSetup.click()
    await this.expectPage('Set up or maintain the Identity Service')
  }

  /** Opens a page that is done already from the step list. */
  async openStep(name: StepName): Promise<void> {
    await this.stepButton(name).click()
    await this.expectStep(name)
  }

  /** The row of the step list that opens a page which is done. */
  stepButton(name: StepName): Locator {
    return this.page.getByRole('navigation').getByRole('button', { name })
  }
}
