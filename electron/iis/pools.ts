import { createHash } from 'node:crypto'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { findObject, listObjects, mustAppcmd, nameOf } from './appcmd.ts'
import { maskedXml, publicXml, readObjects } from './appcmd-xml.ts'
import { attribute, child, type ConfigElement, same, secretAttribute } from './config-element.ts'
import { deleteObject } from './objects.ts'
import { addPool, alike, replacePool, restorePoolXml } from './pool-replace.ts'
import { type Pool, readPoolObject } from './pool.ts'
import { createArguments, editedPool, newPool, type PoolSpec, renamedPool } from './pool-spec.ts'
import { recycleObject, type RunState, startObject, stateOf, stopObject } from './run-state.ts'

/** How to bring a changed pool back. It holds no secret, so that it can go into a journal. */
export interface FormerPool {
  readonly name: string
  readonly state: RunState
  /** The whole configuration, where there is no secret in it. */
  readonly xml?: string
  /** Otherwise a stopped copy in IIS, which keeps the password encrypted. */
  readonly kept?: KeptPool
}

interface KeptPool {
  readonly name: string
  /** What the copy does not tell: it must not start by itself. */
  readonly autoStart?: string
  /** The configuration with its secrets hidden, to see whether the pool was changed at all. */
  readonly masked: string
}

/** All application pools. Rejects with `iis.not-elevated` and what `listObjects` rejects with. */
export async function listPools(machine: Machine): Promise<readonly Pool[]> {
  return (await listObjects(machine, 'apppool', { config: 'inherited' })).map(readPoolObject)
}

/** One pool, its name in any case, or undefined when there is none. */
export async function readPool(machine: Machine, name: string): Promise<Pool | undefined> {
  return (await listPools(machine)).find((pool) => same(pool.name, name))
}

/**
 * Whether the password that IIS has for a pool is this one; false when there is no such pool or password.
 *
 * Unverified on a real server: how appcmd prints letters beyond ASCII when its output is read by a program. Where
 * they are lost, this says false, and setting the password once more does no harm.
 */
export async function passwordIs(machine: Machine, name: string, password: Secret): Promise<boolean> {
  const pool = await findObject(machine, 'apppool', name)
  const stored = secretAttribute(child(child(pool, 'add'), 'processModel'), 'password')
  return stored?.equals(password) ?? false
}

/** Creates a pool. Rejects with `iis.duplicate` where there is one of that name. */
export async function createPool(machine: Machine, spec: PoolSpec): Promise<void> {
  if (spec.identity.account === 'SpecificUser') return addPool(machine, newPool(spec))
  await mustAppcmd(machine, `The application pool “${spec.name}” was not created.`, createArguments(spec), {
    done: async () => (await findObject(machine, 'apppool', spec.name)) !== undefined,
  })
}

/**
 * What brings a pool back after {@link changePool}, to be written down before; undefined when there is no such pool.
 * Changes nothing.
 */
export async function exportPool(machine: Machine, name: string): Promise<FormerPool | undefined> {
  const pool = await findObject(machine, 'apppool', name)
  if (pool === undefined) return undefined
  const former = { name: nameOf(pool), state: stateOf(pool) }
  const xml = publicXml(pool)
  if (xml !== undefined) return { ...former, xml }
  const autoStart = attribute(child(pool, 'add'), 'autoStart')
  const kept = {
    name: keptName(former.name, machine.clock.now()),
    masked: maskedXml(pool),
    ...(autoStart === undefined ? {} : { autoStart }),
  }
  return { ...former, kept }
}

/**
 * Gives an existing pool the wanted settings; its other settings stay. Its worker processes end, and applications in
 * it are away until it is started again.
 *
 * A pool that has secrets is first copied under another name, and stopped, within IIS: so the way back needs no
 * password outside IIS's own encrypted configuration, even after a crash. Copies of earlier changes are deleted.
 */
export async function changePool(machine: Machine, spec: PoolSpec, former: FormerPool): Promise<void> {
  const pool = await found(machine, spec.name)
  const { kept } = former
  if (kept !== undefined && (await findObject(machine, 'apppool', kept.name)) === undefined)
    await addPool(machine, renamedPool(pool, kept.name, 'false'))
  await replacePool(machine, pool, editedPool(pool, spec))
  if (kept === undefined) return
  const older = (await listObjects(machine, 'apppool'))
    .map(nameOf)
    .filter((name) => isKeptOf(former.name, name))
  for (const name of older) if (!same(name, kept.name)) await deleteObject(machine, 'apppool', name)
}

/**
 * Brings a pool back to what it was and leaves it stopped: start it when everything else is back and its
 * `state` was `Started`. Also when it was never changed. Resolves to false when there is no copy to bring it back from.
 */
export async function restorePool(machine: Machine, former: FormerPool): Promise<boolean> {
  if (former.xml !== undefined) {
    await restorePoolXml(machine, former.xml)
    return true
  }
  const { kept } = former
  if (kept === undefined) return false
  const copy = await findObject(machine, 'apppool', kept.name)
  const current = await findObject(machine, 'apppool', former.name)
  // The copy comes before the change: without it there was none, or someone has deleted it since.
  if (copy === undefined) return current !== undefined && alike(current, readObjects(kept.masked)[0]!)
  const pool = renamedPool(copy, former.name, kept.autoStart)
  if (current === undefined) await addPool(machine, pool)
  else await replacePool(machine, current, pool)
  await stopObject(machine, 'apppool', former.name)
  await deleteObject(machine, 'apppool', kept.name)
  return true
}

/** Stops and deletes a pool. Nothing to delete is not an error. Sites in it answer 503 from then on. */
export function deletePool(machine: Machine, name: string): Promise<void> {
  return deleteObject(machine, 'apppool', name)
}

/** Starts a pool; one that runs is not an error. Rejects with `iis.missing`, `iis.was-stopped`, `iis.not-started`. */
export function startPool(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  return startObject(machine, 'apppool', name, signal)
}

/** Stops a pool and waits for its worker processes to end; nothing to stop is not an error. */
export function stopPool(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  return stopObject(machine, 'apppool', name, signal)
}

/** Gives a pool new worker processes, so that it reads its files again; one that is stopped is started. */
export function recyclePool(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  return recycleObject(machine, name, signal)
}

async function found(machine: Machine, name: string): Promise<ConfigElement> {
  const pool = await findObject(machine, 'apppool', name)
  if (pool !== undefined) return pool
  throw new SetupError({
    code: 'iis.missing',
    what: `There is no application pool “${name}” in IIS.`,
    next: 'Look at the application pools in IIS Manager, then try again.',
  })
}

/** The copy's name says whose it is and when it was made. */
function keptName(name: string, at: Date): string {
  return `${keptStem(name)}${at.toISOString().replace(/\D/g, '').slice(0, 14)}`
}

function isKeptOf(name: string, candidate: string): boolean {
  const stem = keptStem(name)
  return same(candidate.slice(0, stem.length), stem) && /^\d{14}$/.test(candidate.slice(stem.length))
}

/** The name of a pool has 64 characters at most; what is cut off still counts, by its hash. */
function keptStem(name: string): string {
  if (name.length <= 40) return `${name}-former-`
  return `${name.slice(0, 32)}-${createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 8)}-former-`
}
