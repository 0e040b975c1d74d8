import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const portFile = (stateFolder: string): string => join(stateFolder, 'practice', 'port.txt')

/**
 * Tests that run at the same time would all be given the first free port of the practice service. So each state folder
 * begins as if a practice run had been here before, and remembers a port of its own.
 */
export async function keepPracticePort(stateFolder: string): Promise<void> {
  await mkdir(join(stateFolder, 'practice'), { recursive: true })
  await writeFile(portFile(stateFolder), String(await freePort()))
}

/** The port that a practice run of this state folder remembers. */
export async function practicePort(stateFolder: string): Promise<number> {
  return Number(await readFile(portFile(stateFolder), 'utf8'))
}
