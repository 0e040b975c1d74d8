import { lookUp, sameName } from '../../configuration/element.ts'
import type { RunState } from '../../state.ts'
import type { SimulatedServer } from '../../tool.ts'
import { collide, isServing, listWebsites, type Website } from '../../websites.ts'
import { AppcmdFailure, commandFailed } from './failure.ts'
import type { Row } from './objects.ts'

/**
 * `appcmd start|stop site|apppool`. Starting what is started is an error, as is stopping what is stopped.
 * Unverified on a real server: the codes of these two errors and of a port that is taken.
 */
export async function startOrStop(verb: 'start' | 'stop', row: Row, server: SimulatedServer): Promise<void> {
  const { iis, unverified, runtime } = server.state
  if (!isServing(server.state)) throw new AppcmdFailure(50, 'noWas')
  const states = row.tag === 'SITE' ? iis.siteStates : iis.poolStates
  const [name, now] = lookUp(states, row.name) ?? [row.name, 'Stopped' as RunState]
  const notPickedUp = runtime.faults.findIndex(({ how }) => how.kind === 'not-picked-up')
  if (verb === 'start' && notPickedUp >= 0) {
    runtime.faults.splice(notPickedUp, 1)
    throw commandFailed(4312, 'invalidObject')
  }
  const { started, stopped } = unverified.alreadyThere
  if (verb === 'start' && now === 'Started') throw commandFailed(started, 'alreadyRuns')
  if (verb === 'stop' && now === 'Stopped') throw commandFailed(stopped, 'notStarted')
  if (verb === 'start' && row.tag === 'SITE') {
    const obstacle = await obstacleFor(name, server)
    if (obstacle) throw commandFailed(obstacle, obstacle === 183 ? 'fileExists' : 'inUse')
  }
  states[name] = verb === 'start' ? 'Started' : 'Stopped'
  if (verb === 'start' && row.tag === 'APPPOOL') newWorkers(server.state, name)
}

/**
 * `appcmd recycle apppool`.
 * Unverified on a real server: that recycling a stopped pool fails as stopping it does.
 */
export function recycle({ name }: Row, { state }: SimulatedServer): void {
  if (!isServing(state)) throw new AppcmdFailure(50, 'noWas')
  if (lookUp(state.iis.poolStates, name)?.[1] !== 'Started')
    throw commandFailed(state.unverified.alreadyThere.stopped, 'notStarted')
  newWorkers(state, name)
}

/** A pool that was stopped and started between two looks of its sites has other worker processes all the same. */
function newWorkers(state: SimulatedServer['state'], name: string): void {
  state.runtime.recycled[name] = (state.runtime.recycled[name] ?? 0) + 1
}

/** Gives what is new a state, as WAS starts it when it sees it, and forgets the state of what is gone. */
export async function settleStates(server: SimulatedServer): Promise<void> {
  const { iis } = server.state
  for (const { attributes } of iis.pools)
    if (!lookUp(iis.poolStates, attributes['name']!))
      iis.poolStates[attributes['name']!] = attributes['autoStart'] === 'false' ? 'Stopped' : 'Started'
  for (const { attributes, items } of iis.sites) {
    const name = attributes['name']!
    if (lookUp(iis.siteStates, name)) continue
    const starts = attributes['serverAutoStart'] !== 'false' && items.length > 0
    iis.siteStates[name] = starts && (await obstacleFor(name, server)) === undefined ? 'Started' : 'Stopped'
  }
  forget(iis.poolStates, iis.pools)
  forget(iis.siteStates, iis.sites)
  iis.foreignSites = iis.foreignSites.filter((name) => lookUp(iis.siteStates, name) !== undefined)
}

function forget(
  states: Record<string, RunState>,
  objects: readonly { readonly attributes: Readonly<Record<string, string>> }[],
): void {
  for (const name of Object.keys(states))
    if (!objects.some(({ attributes }) => sameName(attributes['name'], name))) delete states[name]
}

/** Why a site cannot start: 183 another site has one of its bindings, 32 another program one of its ports. */
async function obstacleFor(name: string, server: SimulatedServer): Promise<183 | 32 | undefined> {
  const sites = listWebsites(server.state)
  const mine = sites.find((site) => sameName(site.name, name))!
  const others = sites.filter((site) => site !== mine && site.state === 'Started')
  const bindings = (site: Website) => site.bindings
  if (others.flatMap(bindings).some((other) => mine.bindings.some((binding) => collide(binding, other))))
    return 183
  // Ports below 1024 may be closed to this user although nothing listens; only sites of others use them here.
  const shared = new Set(others.flatMap(bindings).map(({ port }) => port))
  for (const { port } of mine.bindings)
    if (!shared.has(port) && !(await server.real.network.portFree(port))) return 32
  return undefined
}
