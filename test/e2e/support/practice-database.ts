import { join, resolve } from 'node:path'
import { realMachine } from '../../../electron/machine/real.ts'
import { postgresInBackground } from '../../../electron/practice/background-postgres.ts'
import { stopPostgres } from '../../../electron/practice/postgres.ts'

const script = resolve(import.meta.dirname, '../../../electron/practice/database-main.ts')

/** Stops the database of a practice run, as its administrator would for an update. */
export async function stopPracticeDatabase(
  stateFolder: string,
): Promise<{ startAgain: () => Promise<void> }> {
  const folder = join(stateFolder, 'practice', 'postgres')
  await stopPostgres(folder)
  return {
    async startAgain() {
      await postgresInBackground(realMachine(), script)({ folder, log: () => undefined })
    },
  }
}
