import { createHash } from 'node:crypto'
import { lookUp } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import { isServing, listWebsites, type Website } from '../websites.ts'

/** A worker process (w3wp.exe) of a pool. */
export interface Worker {
  readonly pool: string
  readonly pid: number
}

/** Sites whose addresses HTTP.sys has taken: they and their pools are started, no matter who serves them. */
export function registeredSites(state: ServerState): readonly Website[] {
  if (!isServing(state)) return []
  return listWebsites(state).filter(
    ({ pool, state: run }) => run === 'Started' && lookUp(state.iis.poolStates, pool)?.[1] === 'Started',
  )
}

/** One worker for each pool of these sites; its id stays until the pool is recycled. */
export function workersOf(state: ServerState): readonly Worker[] {
  const pools = new Set(registeredSites(state).map(({ pool }) => pool))
  return [...pools].map((pool) => ({
    pool,
    pid: pidOf(pool, lookUp(state.runtime.recycled, pool)?.[1] ?? 0),
  }))
}

/** Windows gives ids that four divides. */
function pidOf(pool: string, recycled: number): number {
  const number = createHash('sha256').update(`${pool.toLowerCase()}/${recycled}`).digest().readUInt16LE(0)
  return 4_000 + (number % 4_000) * 4
}
