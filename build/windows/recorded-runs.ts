import { readdir } from 'node:fs/promises'
import { runsFolder } from '../../electron/setup/journal.ts'
import type { Server } from './server.ts'

/** Names of the runs that were recorded, oldest first. */
export async function recordedRuns({ state }: Server): Promise<string[]> {
  return (await readdir(runsFolder(state)).catch(() => [])).toSorted()
}
