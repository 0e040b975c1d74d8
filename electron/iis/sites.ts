import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { listObjects, mustAppcmd } from './appcmd.ts'
import { same } from './config-element.ts'
import { deleteObject } from './objects.ts'
import { type RunState, startObject, stopObject } from './run-state.ts'
import { readSiteObject, type Site } from './site.ts'
import { changeSettings, settingsFor, type SiteSettings } from './site-change.ts'
import { createSiteArguments, type SiteSpec } from './site-spec.ts'

/** How to bring a changed site back, without any secret. */
export interface FormerSite extends SiteSettings {
  readonly name: string
  readonly state: RunState
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
  try {
    await mustAppcmd(machine, failed, add!, {
      done: async () => (await readSite(machine, spec.name)) !== undefined,
    })
    for (const args of rest) await mustAppcmd(machine, failed, args)
  } catch (error) {
    // That one is somebody else's. Any other refusal may have come after the site was made.
    if (error instanceof SetupError && error.problem.code === 'iis.duplicate') throw error
    await deleteObject(machine, 'site', spec.name).catch(() => undefined)
    throw error
  }
}

/**
 * What brings a site back after {@link changeSite}, to be written down before; undefined when there is no such site.
 * Changes nothing.
 */
export async function exportSite(machine: Machine, name: string): Promise<FormerSite | undefined> {
  const site = await readSite(machine, name)
  if (site === undefined) return undefined
  const { state, pool, physicalPath, bindings, autoStart } = site
  return { name: site.name, state, pool, physicalPath, bindings, autoStart }
}

/**
 * Gives an existing site the wanted pool, folder and bindings, and leaves it stopped. Its number, log, other
 * applications and bindings of other protocols stay.
 */
export async function changeSite(machine: Machine, spec: SiteSpec): Promise<void> {
  const site = await found(machine, spec.name)
  await stopSite(machine, site.name)
  await changeSettings(machine, site, settingsFor(site, spec))
}

/**
 * Brings a site back to what it was and leaves it stopped: start it when everything else is back and its
 * `state` was `Started`. Also when it was never changed. Rejects with `iis.missing` when there is no such site.
 */
export async function restoreSite(machine: Machine, former: FormerSite): Promise<void> {
  const site = await found(machine, former.name)
  await stopSite(machine, site.name)
  await changeSettings(machine, site, former)
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

async function found(machine: Machine, name: string): Promise<Site> {
  const site = await readSite(machine, name)
  if (site !== undefined) return site
  throw new SetupError({
    code: 'iis.missing',
    what: `There is no site “${name}” in IIS.`,
    next: 'Look at the sites in IIS Manager, then try again.',
  })
}
