import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { openDoor, type Door, type OpenWizard } from './door.ts'
import { endLeftOvers } from './left-overs.ts'

interface Fixtures {
  /** Which door this project opens. */
  door: Door
  /** Complaints of the pages that a test brings about on purpose; every other one fails it. */
  expectedErrors: RegExp | undefined
  /** Journals, logs and settings of this test alone. */
  stateFolder: string
  opened: OpenWizard
  /** The wizard on its first page, in the window or in a browser. */
  wizard: Page
  /** Does what makes the wizard save a file, and gives the file: `await saved(() => button.click())`. */
  saved: OpenWizard['saved']
}

/** Playwright's `test` with the wizard open. A script error or a breach of the content policy fails any test. */
export const test = base.extend<Fixtures>({
  door: ['browser', { option: true }],
  expectedErrors: [undefined, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  stateFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'wizard-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
  opened: async ({ door, expectedErrors, stateFolder }, use, testInfo) => {
    const errors: string[] = []
    const opened = await openDoor(door, { stateFolder, watch: (context) => collect(context, errors) })
    await use(opened)
    if (testInfo.status !== testInfo.expectedStatus)
      await photograph(opened.page, testInfo.outputPath('page.png'))
    await opened.close()
    expect(await endLeftOvers(stateFolder), 'processes that the wizard left running').toEqual([])
    const unexpected = errors.filter((error) => !expectedErrors?.test(error))
    expect(unexpected, 'errors on the console of the page').toEqual([])
  },
  wizard: ({ opened }, use) => use(opened.page),
  saved: ({ opened }, use) => use(opened.saved),
})

/** Chromium reports breaches of the content policy as console errors, too. */
function collect(context: BrowserContext, errors: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(error.error().stack ?? String(error.error())))
}

/** A picture of what went wrong; a page that is gone has none. */
async function photograph(page: Page, path: string): Promise<void> {
  await page.screenshot({ path }).catch(() => undefined)
}

export { expect }
