import { join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'

/**
 * Keeps two setups of this state folder from running at once. The lock names its process, so one that was left
 * behind by a crash is taken over.
 */
export async function lockRuns(
  machine: Machine,
  stateFolder: string,
  pid: number,
): Promise<() => Promise<void>> {
  const file = join(stateFolder, 'running.json')
  const held = await machine.files.read(file)
  const owner = held && ownerOf(held)
  if (owner !== undefined && owner !== pid && machine.processes.alive(owner))
    throw new SetupError({
      code: 'run.busy',
      what: `Another setup is running on this machine (process ${owner}).`,
      next: 'Wait until it has ended, then start again.',
      untouched: 'Nothing was changed.',
    })
  await machine.files.makeFolder(stateFolder, { access: 'private' })
  await machine.files.write(file, JSON.stringify({ pid }), { access: 'private' })
  return () => machine.files.remove(file)
}

function ownerOf(bytes: Uint8Array): number | undefined {
  const match = /"pid":\s*(\d+)/.exec(Buffer.from(bytes).toString('utf8'))
  return match ? Number(match[1]) : undefined
}
