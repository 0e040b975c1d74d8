import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { findObject, listObjects, mustAppcmd, nameOf } from './appcmd.ts'
import { publicXml } from './appcmd-xml.ts'
import { type ConfigElement, same } from './config-element.ts'
import { deleteObject, type FormerState, replaceObject, restoreObject } from './former.ts'
import { startObject, stateOf, stopObject } from './run-state.ts'
import { readSiteObject, type Site, siteTakeOverProblem } from './site.ts'
import { createSiteArguments, editedSite, type SiteSpec } from './site-spec.ts'

/** How to bring a changed site back, without any secret. */
export interface FormerSite extends FormerState {
  readonly xml: string
}

/** All sites. Rejects with `iis.not-elevated` and what `listObjects` rejects with. */
export async function listSites(machine: Machine): Promise<readonly Site[]> {
  const objects = await listObjects(machine, 'site', { config: true })
  return objects.map((object) => readSiteObject(machine, object))
}

/** One site, its name in any case, or undefined when there is none. */
export async function readSite(machine: Machine, name: string): Promise<Site | undefined> {
  return (await listSites(machine)).find((site) => same(site.name, name))
}

/**
 * Creates a site with its own pool, which must be there. When something of it fails, what was made of it is deleted
 * again. Rejects with `iis.duplicate` where there is one of that name.
 */
export async function createSite(machine: Machine, spec: SiteSpec): Promise<void> {
  const failed = `The site “${spec.name}” was not created.`
  const [add, ...rest] = createSiteArguments(spec)
  await mustAppcmd(machine, failed, add!)
  try {
    for (const args of rest) await mustAppcmd(machine, failed, args)
  } catch (error) {
    await deleteObject(machine, 'site', spec.name).catch(() => undefined)
    throw error
  }
}

/**
 * What brings a site back after {@link changeSite}, to be written down before; undefined when there is no such site.
 * Changes nothing. Rejects with `iis.site-holds-secrets` for a site that cannot be written down.
 */
export async function exportSite(machine: Machine, name: string): Promise<FormerSite | undefined> {
  const site = await findObject(machine, 'site', name)
  if (site === undefined) return undefined
  const xml = publicXml(site)
  if (xml === undefined)
    throw new SetupError(siteTakeOverProblem({ name: nameOf(site), holdsSecrets: true })!)
  return { name: nameOf(site), state: stateOf(site), xml }
}

/**
 * Gives an existing site the wanted pool, folder and bindings; its number, log and other applications stay. The
 * site is away for a moment. It may run afterwards, as IIS starts what it is given.
 */
export async function changeSite(machine: Machine, spec: SiteSpec): Promise<void> {
  const site = await found(machine, spec.name)
  await replaceObject(machine, 'site', site, editedSite(site, spec))
}

/**
 * Brings a site back to what it was and leaves it stopped: start it when everything else is back and its
 * `state` was `Started`. Also when it was never changed.
 */
export function restoreSite(machine: Machine, former: FormerSite): Promise<void> {
  return restoreObject(machine, 'site', former.xml)
}

/** Stops and deletes a site; its files stay. Nothing to delete is not an error. */
export function deleteSite(machine: Machine, name: string): Promise<void> {
  return deleteObject(machine, 'site', name)
}

/** Starts a site; one that runs is not an error. Rejects with `iis.port-taken`, `iis.missing`, `iis.was-stopped`. */
export function startSite(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  return startObject(machine, 'site', name, signal)
}

/** Stops a site; nothing to stop is not an error. */
export function stopSite(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  return stopObject(machine, 'site', name, signal)
}

async function found(machine: Machine, name: string): Promise<ConfigElement> {
  const site = await findObject(machine, 'site', name)
  if (site !== undefined) return site
  throw new SetupError({
    code: 'iis.missing',
    what: `There is no site “${name}” in IIS.`,
    next: 'Look at the sites in IIS Manager, then try again.',
  })
}
