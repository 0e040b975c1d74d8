import { defineConfig } from '@playwright/test'
import type { Door } from '../test/e2e/support/door.ts'

/** The same specifications at both doors. `npm test -- e2e` builds the program first and finds the browsers. */
export default defineConfig<{ door: Door }>({
  testDir: '../test/e2e',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Two cores carry one window and one browser; more at a time and animations outlast the patience of a test.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  // What passes at the second try only is named by `npm test` at its end, with what the first one said.
  retries: process.env['CI'] ? 1 : 0,
  // With PLAYWRIGHT_JSON_OUTPUT_FILE, which `npm test` sets to count.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : 'list',
  projects: [
    // What only one door has, or needs, is in a folder of its own, rather than skipped in the other.
    { name: 'browser', use: { door: 'browser' }, testIgnore: '**/desktop/**' },
    { name: 'desktop', use: { door: 'desktop' }, testIgnore: '**/browser/**' },
  ],
})
