import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Only what speaks to the SQL Server of the tests asks it. */
const GRAMMAR = 'test/doubles/sql-server/grammar/global-setup.ts'

/**
 * The tiers that vitest runs, each a project. Tests that start real servers get more time; those of the system tier share
 * a container engine and go one after the other.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // The end of a wait for what surely comes, on a busy machine too; not the time that anything is meant to take.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], maxWorkers: '100%' },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: GRAMMAR,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          globalSetup: GRAMMAR,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
