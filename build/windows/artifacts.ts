import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runsFolder } from '../../electron/setup/journal.ts'
import type { Server } from './server.ts'

/** Puts the journals of all runs beside the reports. The backups next to them stay: they are whole files, secrets included. */
export async function copyJournals({ state, artifacts }: Server): Promise<void> {
  const folder = join(artifacts, 'journals')
  await mkdir(folder, { recursive: true })
  for (const run of await readdir(runsFolder(state)).catch(() => []))
    await copyFile(join(runsFolder(state), run, 'journal.jsonl'), join(folder, `${run}.jsonl`)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      },
    )
}
