import { rename, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { problemOf } from '../contract/problem.ts'
import { startPostgres } from './postgres.ts'

/**
 * Holds the practice database while no window is open: `database-main.ts --folder DIR --told FILE`. Says in FILE
 * whether it runs, then stays until SIGTERM or until the server is stopped.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, told: { type: 'string' } } })
  const { folder = '', told = '' } = values
  try {
    const postgres = await startPostgres({ folder, log: (line) => void process.stdout.write(`${line}\n`) })
    process.once('SIGTERM', () => void postgres.stop())
    await tell(told, { ok: true })
  } catch (error) {
    await tell(told, { problem: problemOf(error) })
    process.exitCode = 1
  }
}

/** Written beside and renamed, because the other side reads it as soon as it is there. */
async function tell(file: string, answer: unknown): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(answer), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

await main()
