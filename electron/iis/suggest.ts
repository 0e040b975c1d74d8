import type { Machine } from '../machine/machine.ts'
import { same } from './config-element.ts'
import { isWithin, samePath } from './paths.ts'
import type { Pool } from './pool.ts'
import type { Site } from './site.ts'

/** The vendor's examples, from “Install the Identity Service using IIS” of Creatio Academy. */
const EXAMPLES = { site: 'IDServiceWebsite', pool: 'IDServicePool', port: 8090 } as const
const LAST_PORT = 8190

/** Whose a site or a pool is: this setup's own, the one that Creatio runs in, or somebody else's. */
export type Owner = 'ours' | 'creatio' | 'foreign'

/** What is known on this machine, to tell whose something is. */
export interface Known {
  /** Records of what this program installed. */
  readonly installations: readonly {
    readonly target: string
    readonly website?: { readonly site: string; readonly pool: string; readonly redirectSite?: string }
  }[]
  readonly creatioFolder?: string
}

/**
 * Whose a site is: ours when a record names it or the service of a record lies in its folder; Creatio's when it
 * shows Creatio's folder or something in it.
 */
export function whose(site: Pick<Site, 'name' | 'folder'>, { installations, creatioFolder }: Known): Owner {
  const isOurs = installations.some(
    ({ target, website }) =>
      samePath(target, site.folder) ||
      [website?.site, website?.redirectSite].some((name) => name !== undefined && same(name, site.name)),
  )
  if (isOurs) return 'ours'
  return creatioFolder !== undefined && site.folder !== '' && isWithin(site.folder, creatioFolder)
    ? 'creatio'
    : 'foreign'
}

/** Whose a pool is: by a record that names it, else by the sites whose applications run in it. */
export function whosePool(pool: Pick<Pool, 'name'>, sites: readonly Site[], known: Known): Owner {
  if (known.installations.some(({ website }) => website && same(website.pool, pool.name))) return 'ours'
  const owners = sites
    .filter(({ applications }) => applications.some((each) => same(each.pool, pool.name)))
    .map((site) => whose(site, known))
  if (owners.includes('creatio')) return 'creatio'
  return owners.length > 0 && owners.every((owner) => owner === 'ours') ? 'ours' : 'foreign'
}

/** A name that no site has yet: the vendor's example, with a number behind it where that is taken. */
export function suggestSiteName(sites: readonly Pick<Site, 'name'>[]): string {
  return freeName(EXAMPLES.site, sites)
}

/** A name that no pool has yet. */
export function suggestPoolName(pools: readonly Pick<Pool, 'name'>[]): string {
  return freeName(EXAMPLES.pool, pools)
}

function freeName(example: string, taken: readonly { readonly name: string }[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? example : `${example}${number}`
    if (!taken.some((each) => same(each.name, name))) return name
  }
}

/**
 * A port for a new site, from the vendor's example 8090 on: no site is bound to it, be it stopped or not, and nothing
 * listens on it. Undefined where a hundred ports in a row are taken.
 */
export async function suggestPort(machine: Machine, sites: readonly Site[]): Promise<number | undefined> {
  for (let port: number = EXAMPLES.port; port <= LAST_PORT; port++)
    if (sitesOnPort(sites, port).length === 0 && (await machine.network.portFree(port))) return port
  return undefined
}

/** The sites that are bound to a port. */
export function sitesOnPort(sites: readonly Site[], port: number): readonly Site[] {
  return sites.filter(({ bindings }) => bindings.some((binding) => binding.port === port))
}
