import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** These wait for servers of their own more than they work, and no other test’s ports are theirs. */
const SIDE_BY_SIDE = ['certificate', 'creatio', 'database', 'new-database', 'oidc', 'service', 'windows'].map(
  (room) => `test/integration/${room}/**/*.test.ts`,
)

/** Only what speaks to the SQL Server of the tests asks it. */
const GRAMMAR = 'test/doubles/sql-server/grammar/global-setup.ts'

/** The tiers that vitest runs, each a project. Tests that start real servers get more time, and fewer at once. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
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
          exclude: SIDE_BY_SIDE,
          globalSetup: GRAMMAR,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration-side-by-side',
          include: SIDE_BY_SIDE,
          globalSetup: GRAMMAR,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          globalSetup: GRAMMAR,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
