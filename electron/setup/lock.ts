import { join } from 'node:path'
import { Readable } from 'node:stream'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'

/** Longer than a line takes to get onto a disk. */
const WRITING_MS = 500

/**
 * Keeps two setups of this state folder from running at once. The lock names its process, so one that was left
 * behind by a crash is taken over. Rejects with `run.busy`. Resolves to what gives the lock back.
 */
export async function lockRuns(
  machine: Machine,
  stateFolder: string,
  pid: number,
): Promise<() => Promise<void>> {
  const { files, processes } = machine
  const file = join(stateFolder, 'running.json')
  const held = await settled(machine, file)
  const owner = held && ownerOf(held)
  if (owner !== undefined && owner !== pid && processes.alive(owner)) throw busy(file, owner)
  await files.makeFolder(stateFolder, { access: 'private' })
  if (held) await takeAway(machine, file, held)
  try {
    // Never replaces a file: of two that come here at once, one is refused.
    await files.writeStream(file, Readable.from([JSON.stringify({ pid })]), { access: 'private' })
  } catch (error) {
    if (error instanceof SetupError && error.problem.code === 'file.exists') throw busy(file)
    throw error
  }
  return () => files.remove(file)
}

/** One that is still being written by another process has no owner yet. */
async function settled({ files, clock }: Machine, file: string): Promise<Uint8Array | undefined> {
  const held = await files.read(file)
  if (!held || ownerOf(held) !== undefined) return held
  await clock.sleep(WRITING_MS)
  return files.read(file)
}

/**
 * Removes what a crash has left behind. Of two that come here at once, one may find the other's fresh lock in its place:
 * that one goes back.
 */
async function takeAway({ files, random }: Machine, file: string, held: Uint8Array): Promise<void> {
  const aside = `${file}.${Buffer.from(random.bytes(6)).toString('hex')}`
  try {
    await files.rename(file, aside)
  } catch (error) {
    if (error instanceof SetupError && error.problem.code === 'file.missing') return
    throw error
  }
  const taken = await files.read(aside)
  if (!taken || Buffer.from(taken).equals(held)) return files.remove(aside)
  await files.rename(aside, file)
  throw busy(file, ownerOf(taken))
}

function busy(file: string, owner?: number): SetupError {
  return new SetupError({
    code: 'run.busy',
    what: `Another setup is running on this machine${owner === undefined ? '' : ` (process ${owner})`}.`,
    where: { file },
    next: 'Wait until it has ended, then start again. If that process is another program, remove this file.',
    untouched: 'Nothing was changed.',
  })
}

function ownerOf(bytes: Uint8Array): number | undefined {
  const match = /"pid":\s*(\d+)/.exec(Buffer.from(bytes).toString('utf8'))
  return match ? Number(match[1]) : undefined
}
