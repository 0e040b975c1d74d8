import type { Machine } from '../machine/machine.ts'
import { commandLine } from '../windows/tool.ts'
import { ask, mustAppcmd } from './appcmd.ts'
import { readObjects } from './appcmd-xml.ts'
import { attribute, type ConfigElement } from './config-element.ts'
import type { Site } from './site.ts'
import { createSiteArguments, siteDiffers, type SiteSpec } from './site-spec.ts'
import {
  changeSite,
  createSite,
  deleteSite,
  exportSite,
  type FormerSite,
  readSite,
  restoreSite,
} from './sites.ts'

/**
 * A site of its own that has the http bindings and sends everyone on to https. It needs the feature IIS-HttpRedirect
 * and an empty folder; it may share the pool of the service, because nothing of ASP.NET Core runs in it.
 */
export interface RedirectSpec extends SiteSpec {
  /** Scheme, host and port to go on to, such as `https://id.example.com`. */
  readonly origin: string
}

/** `system.webServer/httpRedirect` of a site: https://learn.microsoft.com/iis/configuration/system.webserver/httpredirect/ */
interface RedirectSettings {
  readonly enabled: string
  readonly destination: string
  readonly exactDestination: string
  readonly httpResponseStatus: string
}

export interface Redirect {
  readonly site: Site
  readonly settings: RedirectSettings
}

/** How to bring a changed redirect back. */
export interface FormerRedirect {
  readonly site: FormerSite
  /** Missing where the site did not redirect. */
  readonly settings?: RedirectSettings
}

const SECTION = '/section:system.webServer/httpRedirect'
/** So that the setting stands with the site in applicationHost.config and no web.config is made in its folder. */
const COMMIT = '/commit:apphost'

/** What a site has that does not redirect: the defaults of IIS's schema. */
const NONE: RedirectSettings = {
  enabled: 'false',
  destination: '',
  exactDestination: 'false',
  httpResponseStatus: 'Found',
}

/**
 * `PermRedirect` is 308, known to IIS since 10.0, the oldest that this program meets: the caller must keep its method,
 * where 301 and 302 turn the POST of a token request into a GET. `$S$Q` is the path with the query of the request.
 */
function settingsFor({ origin }: RedirectSpec): RedirectSettings {
  return {
    enabled: 'true',
    destination: `${origin.replace(/\/+$/, '')}$S$Q`,
    exactDestination: 'true',
    httpResponseStatus: 'PermRedirect',
  }
}

function setArguments(site: string, settings: RedirectSettings): readonly string[] {
  return [
    'set',
    'config',
    site,
    SECTION,
    ...Object.entries(settings).map(([name, value]) => `/${name}:${value}`),
    COMMIT,
  ]
}

/** The calls that make the redirect, in order. */
export function createRedirectArguments(spec: RedirectSpec): readonly (readonly string[])[] {
  return [...createSiteArguments(spec), setArguments(spec.name, settingsFor(spec))]
}

/** The commands that make the redirect, as the plan shows them. */
export function redirectCommands(spec: RedirectSpec): readonly string[] {
  return createRedirectArguments(spec).map((args) => commandLine('appcmd', args))
}

/** A site and where it redirects to, or undefined when there is no such site. */
export async function readRedirect(machine: Machine, name: string): Promise<Redirect | undefined> {
  const site = await readSite(machine, name)
  return site && { site, settings: await readSettings(machine, site.name) }
}

/**
 * Unverified on a real server: what stands around the section, and whether it is called `httpRedirect` or
 * `system.webServer-httpRedirect`; it is found in either form. What is not listed has its default.
 */
async function readSettings(machine: Machine, site: string): Promise<RedirectSettings> {
  const { stdout } = await ask(machine, `The redirect of the site “${site}” was not read.`, [
    'list',
    'config',
    site,
    SECTION,
    '/xml',
  ])
  const section = readObjects(stdout).flatMap((element) => sections(element))[0]
  const setting = (name: keyof RedirectSettings) => attribute(section, name) ?? NONE[name]
  return {
    enabled: setting('enabled').toLowerCase(),
    destination: setting('destination'),
    exactDestination: setting('exactDestination').toLowerCase(),
    httpResponseStatus: setting('httpResponseStatus'),
  }
}

function sections(element: ConfigElement): readonly ConfigElement[] {
  return /(^|-)httpRedirect$/i.test(element.name) ? [element] : element.children.flatMap(sections)
}

/** In words, how a redirect is other than wanted; empty when it is as wanted. */
export function redirectDiffers({ site, settings }: Redirect, spec: RedirectSpec): readonly string[] {
  const wanted = settingsFor(spec)
  if (settings.enabled !== 'true') return [...siteDiffers(site, spec), 'it does not redirect']
  return [
    ...siteDiffers(site, spec),
    ...(settings.destination === wanted.destination && settings.exactDestination === 'true'
      ? []
      : [`it redirects to ${settings.destination} instead of ${spec.origin}`]),
    ...(settings.httpResponseStatus === wanted.httpResponseStatus
      ? []
      : [`it answers ${settings.httpResponseStatus} instead of 308 (PermRedirect)`]),
  ]
}

/** Creates the site and its redirect; when the second fails, the first is deleted again. */
export async function createRedirect(machine: Machine, spec: RedirectSpec): Promise<void> {
  await createSite(machine, spec)
  try {
    await set(machine, spec.name, settingsFor(spec))
  } catch (error) {
    await deleteRedirect(machine, spec.name).catch(() => undefined)
    throw error
  }
}

/** What brings a redirect back after {@link changeRedirect}; undefined when there is no such site. */
export async function exportRedirect(machine: Machine, name: string): Promise<FormerRedirect | undefined> {
  const site = await exportSite(machine, name)
  if (site === undefined) return undefined
  const settings = await readSettings(machine, site.name)
  return { site, ...(settings.enabled === 'true' ? { settings } : {}) }
}

/** Gives an existing site the wanted bindings and redirect. */
export async function changeRedirect(machine: Machine, spec: RedirectSpec): Promise<void> {
  await changeSite(machine, spec)
  await set(machine, spec.name, settingsFor(spec))
}

/** Brings a redirect back to what it was and leaves its site stopped. */
export async function restoreRedirect(machine: Machine, { site, settings }: FormerRedirect): Promise<void> {
  await restoreSite(machine, site)
  if (settings) await set(machine, site.name, settings)
  else await clear(machine, site.name)
}

/**
 * Deletes the site with its redirect, which would otherwise wait in applicationHost.config for the next site of that
 * name. Nothing to delete is not an error.
 */
export async function deleteRedirect(machine: Machine, name: string): Promise<void> {
  if ((await readSite(machine, name)) === undefined) return
  await clear(machine, name)
  await deleteSite(machine, name)
}

async function set(machine: Machine, site: string, settings: RedirectSettings): Promise<void> {
  await mustAppcmd(machine, `The redirect of the site “${site}” was not set.`, setArguments(site, settings))
}

/** Only where there is something to clear: to clear nothing may be an error. */
async function clear(machine: Machine, site: string): Promise<void> {
  if ((await readSettings(machine, site)).enabled !== 'true') return
  const args = ['clear', 'config', site, SECTION, COMMIT]
  await mustAppcmd(machine, `The redirect of the site “${site}” was not cleared.`, args)
}

/** Where a redirect of this program leads: scheme, host and port. */
export function originOf({ settings }: Redirect): string {
  return settings.destination.replace(/\$S\$Q$/, '')
}

/** The name of the site that redirects to another one. */
export function redirectSiteName(site: string): string {
  return `${site} redirect`
}
