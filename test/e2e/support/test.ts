import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { openDoor, type Door, type OpenWizard } from './door.ts'
import { endLeftOvers } from './left-overs.ts'
import { keepPracticePort } from '../../practice-port.ts'

interface Opened {
  now: OpenWizard
}

interface Reopen {
  /** @param how `killed`: with no chance to tidy up, as when the machine loses its power. */
  again(how?: 'closed' | 'killed'): Promise<Page>
}

interface Fixtures {
  /** Which door this project opens. */
  door: Door
  /** Complaints of the pages that a test brings about on purpose; every other one fails it. */
  expectedErrors: RegExp | undefined
  /** Journals, logs and settings of this test alone. */
  stateFolder: string
  opened: Opened & Reopen
  /** The wizard on its first page, in the window or in a browser. */
  wizard: Page
  /** Does what makes the wizard save a file, and gives the file: `await saved(() => button.click())`. */
  saved: OpenWizard['saved']
  /** What was copied last. */
  clipboard: OpenWizard['clipboard']
  /** Ends the program, and starts it anew with the same state folder; gives the new first page. */
  reopened: Reopen['again']
}

/** Playwright's `test` with the wizard open. A script error or a breach of the content policy fails any test. */
export const test = base.extend<Fixtures>({
  door: ['browser', { option: true }],
  expectedErrors: [undefined, { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  stateFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'wizard-'))
    await keepPracticePort(folder)
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    await removeShelteredData(practiceData(folder), join(folder, 'test', 'postgres'))
  },
  opened: async ({ door, expectedErrors, stateFolder }, use, testInfo) => {
    const errors: string[] = []
    const open = () => openDoor(door, { stateFolder, watch: (context) => collect(context, errors) })
    const opened: Opened = { now: await open() }
    await use({
      get now() {
        return opened.now
      },
      async again(how = 'closed') {
        await (how === 'killed' ? opened.now.kill() : opened.now.close())
        opened.now = await open()
        return opened.now.page
      },
    })
    if (testInfo.status !== testInfo.expectedStatus)
      await photograph(opened.now.page, testInfo.outputPath('page.png'))
    await opened.now.close()
    expect(await endLeftOvers(stateFolder), 'processes that the wizard left running').toEqual([])
    const unexpected = errors.filter((error) => !expectedErrors?.test(error))
    expect(unexpected, 'errors on the console of the page').toEqual([])
  },
  wizard: ({ opened }, use) => use(opened.now.page),
  reopened: ({ opened }, use) => use((how) => opened.again(how)),
  saved: ({ opened }, use) => use((press) => opened.now.saved(press)),
  clipboard: ({ opened }, use) => use(() => opened.now.clipboard()),
})

/** Chromium reports breaches of the content policy as console errors, too. */
function collect(context: BrowserContext, errors: string[]): void {
  context.on('console', (message) => {
    // A container that is started or removed beside the tests gives this machine a network more or less.
    const ofMachine = message.text().includes('net::ERR_NETWORK_CHANGED')
    if (message.type() === 'error' && !ofMachine) errors.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(error.error().stack ?? String(error.error())))
}

/** A picture of what went wrong; a page that is gone has none. */
async function photograph(page: Page, path: string): Promise<void> {
  await page.screenshot({ path }).catch(() => undefined)
}

export { expect }
