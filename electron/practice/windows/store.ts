import { randomUUID } from 'node:crypto'
import { link, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { type ConfigElement, isEmpty } from './configuration/element.ts'
import type { ServerState } from './state.ts'

const RETRY_MS = 15
/** A call that holds the lock longer than this has gone wrong. */
const PATIENCE_MS = 120_000

export interface Store {
  /** Works on the state while nobody else does, and saves what it changed. */
  change<T>(work: (state: ServerState) => Promise<T>): Promise<T>
  /** Keeps everybody from the state meanwhile. */
  hold<T>(work: () => Promise<T>): Promise<T>
}

/**
 * The state of a simulated server in `<folder>/state.json`. Several processes may work on it at a time; a file
 * lets in one after the other.
 */
export function stateStore(real: Machine, folder: string, initial: () => ServerState): Store {
  const file = join(folder, 'state.json')
  let turn: Promise<unknown> = Promise.resolve()

  async function change<T>(work: (state: ServerState) => Promise<T>): Promise<T> {
    const bytes = await real.files.read(file)
    const old = bytes && Buffer.from(bytes).toString('utf8')
    const state = old === undefined ? initial() : (JSON.parse(old) as ServerState)
    const result = await work(state)
    const text = stateText(state)
    if (text !== old) await real.files.write(file, text, { access: 'private' })
    return result
  }

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    await real.files.makeFolder(folder)
    const unlock = await lock(real, join(folder, 'state.lock'))
    try {
      return await work()
    } finally {
      await unlock()
    }
  }

  function hold<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(() => locked(work))
    turn = mine.catch(() => undefined)
    return mine
  }

  return { hold, change: (work) => hold(() => change(work)) }
}

/** The whole state as JSON; equal states give equal texts. */
function stateText(state: ServerState): string {
  return `${JSON.stringify(canonical(state), undefined, 1)}\n`
}

/** What undoing a setup has to bring back byte for byte: the state without its counters and its event log. */
export function configurationText(state: ServerState): string {
  const { runtime: _, events: __, ...configuration } = canonical(state)
  return `${JSON.stringify(configuration, undefined, 1)}\n`
}

function canonical(state: ServerState): ServerState {
  const { iis } = state
  const byName = [...iis.pools].sort((one, other) => compare(nameOf(one), nameOf(other)))
  const byId = [...iis.sites].sort(
    (one, other) => Number(one.attributes['id']) - Number(other.attributes['id']),
  )
  return sorted({ ...state, iis: { ...iis, pools: byName.map(pruned), sites: byId.map(pruned) } })
}

/** Without child elements in which nothing is set: looking at them may have made them. */
function pruned({ attributes, elements, items }: ConfigElement): ConfigElement {
  const kept = Object.entries(elements).map(([name, each]) => [name, pruned(each)] as const)
  return {
    attributes,
    elements: Object.fromEntries(kept.filter(([, each]) => !isEmpty(each))),
    items: items.map(pruned),
  }
}

const nameOf = (pool: { attributes: Record<string, string> }): string =>
  (pool.attributes['name'] ?? '').toLowerCase()

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** The same value with the keys of every object in order. */
function sorted<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sorted) as T
  const entries = Object.entries(value).sort(([one], [other]) => compare(one, other))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)])) as T
}

/** Waits for its turn among processes, which a file stands for. Resolves with what ends the turn. */
export async function lock(real: Machine, file: string): Promise<() => Promise<void>> {
  const end = real.clock.monotonic() + PATIENCE_MS
  // Named by its process before it becomes the lock: whoever is ended in between leaves none that nobody owns.
  const mine = `${file}-${process.pid}-${randomUUID()}`
  await writeFile(mine, String(process.pid), { mode: 0o600 })
  try {
    for (;;) {
      if (await becomes(mine, file)) return () => rm(file, { force: true })
      if (await isLeftBehind(real, file)) await rm(file, { force: true })
      else if (real.clock.monotonic() > end)
        throw new Error('The simulated server is held by another process.')
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  } finally {
    await rm(mine, { force: true })
  }
}

/** A second name for a file is given whole or not at all, and never in the place of another file. */
async function becomes(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file)
    return true
  } catch (error) {
    // Windows answers EPERM and EBUSY for a file that is just going away.
    if (['EEXIST', 'EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return false
    throw error
  }
}

/** Whether the process that took the lock is gone. */
async function isLeftBehind(real: Machine, file: string): Promise<boolean> {
  const bytes = await real.files.read(file).catch(() => undefined)
  const pid = Number(Buffer.from(bytes ?? []).toString('utf8'))
  return Number.isInteger(pid) && pid > 1 && !real.processes.alive(pid)
}
