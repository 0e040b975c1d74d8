import { join } from 'node:path'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'

/** What lies in the folder of a pending request. */
export const names = { key: 'key.pem', request: 'request.csr', about: 'about.json' } as const

const FOLDER = 'certificate-requests'
/** UTC, and digits that tell two of the same second apart. Nothing else is a folder of this list. */
const ID = /^\d{8}-\d{6}-[0-9a-f]{8}$/
/** Before the id of a folder that is being made or removed. */
const UNFINISHED = 'unfinished-'
/** Nobody takes so long to write three small files; what is older was left by a program that was ended. */
const ABANDONED_MS = 3_600_000

/** An id nobody has; ids in their order are requests in the order they were made. */
export function newRequestId({ clock, random }: Pick<Machine, 'clock' | 'random'>): string {
  return `${compact(clock.now())}-${Buffer.from(random.bytes(4)).toString('hex')}`
}

/** The ids of the requests that wait, the oldest first. */
export async function requestIds({ files }: Machine, stateFolder: string): Promise<readonly string[]> {
  return (await files.list(join(stateFolder, FOLDER))).filter((name) => ID.test(name))
}

/**
 * The folder of a request. Ids come from outside as well; none leads anywhere else.
 *
 * @throws SetupError `certificate.request-unknown`
 */
export function requestFolder(stateFolder: string, id: string): string {
  return join(stateFolder, FOLDER, checked(id))
}

/** Where a request stands while not all of it is there: on its way in, or out. */
export function unfinishedFolder(stateFolder: string, id: string): string {
  return join(stateFolder, FOLDER, UNFINISHED + checked(id))
}

/** Removes what programs left that were ended while they made or removed a request. */
export async function removeAbandoned({ files, clock }: Machine, stateFolder: string): Promise<void> {
  const since = compact(new Date(clock.now().getTime() - ABANDONED_MS))
  for (const name of await files.list(join(stateFolder, FOLDER))) {
    const id = name.startsWith(UNFINISHED) ? name.slice(UNFINISHED.length) : ''
    if (ID.test(id) && id < since) await files.removeFolder(unfinishedFolder(stateFolder, id))
  }
}

/** `20261121-193304`, UTC. */
function compact(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}

function checked(id: string): string {
  if (ID.test(id)) return id
  throw new SetupError({
    code: 'certificate.request-unknown',
    what: 'There is no certificate request of this name.',
    next: 'Choose one from the list of pending requests.',
    untouched: 'Nothing was changed.',
  })
}
