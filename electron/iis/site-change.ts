import type { Machine } from '../machine/machine.ts'
import { appcmd, mustAppcmd, wentWell } from './appcmd.ts'
import {
  type Binding,
  bindingEntry,
  bindingSelector,
  printBinding,
  sameEndpoint,
  withFlagsOf,
} from './binding.ts'
import { same } from './config-element.ts'
import { samePath } from './paths.ts'
import type { Site } from './site.ts'
import type { SiteSpec } from './site-spec.ts'

/** What of a site is changed and brought back. Everything else in it, and what names it elsewhere, is left alone. */
export interface SiteSettings {
  readonly pool: string
  /** As IIS stores it, such as `%SystemDrive%\inetpub\wwwroot`. */
  readonly physicalPath: string
  readonly bindings: readonly Binding[]
  readonly autoStart: boolean
}

/**
 * Gives a site other settings, one by one: deleting and adding it would lose what applicationHost.config says
 * of it in other places. Rejects with what `mustAppcmd` rejects with, after a part of them.
 */
export async function changeSettings(machine: Machine, site: Site, wanted: SiteSettings): Promise<void> {
  const { name } = site
  const must = (...args: string[]) => mustAppcmd(machine, `The site “${name}” was not changed.`, args)
  if (site.pool !== wanted.pool) await must('set', 'app', `${name}/`, `/applicationPool:${wanted.pool}`)
  if (site.physicalPath !== wanted.physicalPath)
    await must('set', 'vdir', `${name}/`, `/physicalPath:${wanted.physicalPath}`)
  await setBindings(machine, site, wanted.bindings)
  if (site.autoStart !== wanted.autoStart)
    await must('set', 'site', name, `/serverAutoStart:${wanted.autoStart}`)
}

/** The settings that make a site as wanted, spelled as it has them where they mean the same. */
export function settingsFor(site: Site, spec: SiteSpec): SiteSettings {
  const there = site.bindings.flatMap((found) => {
    const wanted = spec.bindings.find((each) => sameEndpoint(each, found))
    return wanted ? [withFlagsOf(wanted, found)] : []
  })
  const added = spec.bindings.filter((each) => !site.bindings.some((found) => sameEndpoint(each, found)))
  return {
    pool: same(site.pool, spec.pool) ? site.pool : spec.pool,
    physicalPath: samePath(site.folder, spec.folder) ? site.physicalPath : spec.folder,
    bindings: [...there, ...added],
    autoStart: true,
  }
}

/**
 * Each is added, changed and removed by itself, as IIS's documentation does it. Where that fails, as it may for IPv6
 * addresses, all are given at once.
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/bindings/binding
 */
async function setBindings(machine: Machine, site: Site, wanted: readonly Binding[]): Promise<void> {
  for (const step of steps(site.bindings, wanted))
    if (!wentWell(await appcmd(machine, ['set', 'site', site.name, step])))
      return setAllBindings(machine, site, wanted)
}

function steps(found: readonly Binding[], wanted: readonly Binding[]): readonly string[] {
  const stays = found.filter((each) => wanted.some((other) => sameEndpoint(each, other)))
  const gone = found
    .filter((each) => !stays.includes(each))
    .map((each) => `/-bindings.${bindingSelector(each)}`)
  // New ones come last. For any other order all of them have to go first.
  if (!stays.every((each, index) => sameEndpoint(each, wanted[index]!)))
    return [
      ...found.map((each) => `/-bindings.${bindingSelector(each)}`),
      ...wanted.map((each) => `/+bindings.${bindingEntry(each)}`),
    ]
  const changed = stays.flatMap((each, index) =>
    each.sslFlags === wanted[index]!.sslFlags ? [] : [flagsArgument(wanted[index]!)],
  )
  const added = wanted.slice(stays.length).map((each) => `/+bindings.${bindingEntry(each)}`)
  return [...gone, ...changed, ...added]
}

/** Unverified on a real server: that `/bindings:` replaces all bindings that a site has. */
async function setAllBindings(machine: Machine, site: Site, wanted: readonly Binding[]): Promise<void> {
  const failed = `The bindings of the site “${site.name}” were not changed.`
  const all = [...wanted.map(printBinding), ...site.otherBindings].join(',')
  await mustAppcmd(machine, failed, ['set', 'site', site.name, `/bindings:${all}`])
  for (const each of wanted)
    if (each.sslFlags !== 0)
      await mustAppcmd(machine, failed, ['set', 'site', site.name, flagsArgument(each)])
}

function flagsArgument(binding: Binding): string {
  return `/bindings.${bindingSelector(binding)}.sslFlags:${binding.sslFlags}`
}
