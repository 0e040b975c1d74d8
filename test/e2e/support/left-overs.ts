import { readFile, readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What is stopped already is given time to end: on a busy machine whoever waits for it wakes up late. */
const PATIENCE_MS = 30_000

/**
 * Ends what still runs with a folder in its command line, and says what it was. A closed wizard leaves nothing of a
 * practice run behind. Linux only; elsewhere nothing is looked for.
 */
export async function endLeftOvers(folder: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  const patience = Date.now() + PATIENCE_MS
  let found = await runningIn(folder)
  while (found.length > 0 && Date.now() < patience) {
    await sleep(100)
    found = await runningIn(folder)
  }
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return found.map(({ command }) => command)
}

interface Running {
  readonly pid: number
  readonly command: string
}

async function runningIn(folder: string): Promise<readonly Running[]> {
  const found: Running[] = []
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    const pid = Number(name)
    if (command.includes(folder) && pid !== process.pid)
      found.push({ pid, command: command.replaceAll('\0', ' ').trim() })
  }
  return found
}
