import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'

/** Process ids by the name of the site they serve, kept beside the state because undoing does not bring them back. */
export type SiteProcesses = Readonly<Record<string, number>>

export async function readProcesses({ files }: Machine, folder: string): Promise<SiteProcesses> {
  const bytes = await files.read(fileIn(folder))
  return bytes === undefined ? {} : (JSON.parse(Buffer.from(bytes).toString('utf8')) as SiteProcesses)
}

export async function writeProcesses({ files }: Machine, folder: string, all: SiteProcesses): Promise<void> {
  await files.write(fileIn(folder), JSON.stringify(all))
}

function fileIn(folder: string): string {
  return join(folder, 'processes.json')
}
