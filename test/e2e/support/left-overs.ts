import { readFile, readdir } from 'node:fs/promises'

/**
 * Ends what still runs with a folder in its command line, and says what it was. A closed wizard leaves nothing of a
 * practice run behind. Linux only; elsewhere nothing is looked for.
 */
export async function endLeftOvers(folder: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (!command.includes(folder) || Number(pid) === process.pid) continue
    found.push(command.replaceAll('\0', ' ').trim())
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return found
}
