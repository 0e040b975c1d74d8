import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Removes the data of a PostgreSQL that was started for a folder, or for the practice runs of a state folder, where its
 * user could not get into that: with root's private folders it lies beside them, about 60 MB each.
 */
export async function removeShelteredData(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
    await rm(join(tmpdir(), `identity-setup-data-${name}`), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Where practice runs of a state folder keep their database. */
export const practiceData = (stateFolder: string): string => join(stateFolder, 'practice', 'postgres')
