import { join } from 'node:path'
import { lookUp, sameName, type ConfigElement } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import { isServing } from '../websites.ts'

/** A site as its worker process finds it at one moment. */
export interface Scene {
  readonly state: ServerState
  readonly site: ConfigElement
  readonly name: string
  readonly started: boolean
  readonly bindings: readonly SiteBinding[]
  /** The root application's pool; undefined when none has the name it gives. */
  readonly pool: ConfigElement | undefined
  readonly poolName: string
  readonly poolStarted: boolean
  /** Physical path of the root application. */
  readonly folder: string
  /** `/LM/W3SVC/2/ROOT`, as the ASP.NET Core module names an application. */
  readonly applicationId: string
}

export interface SiteBinding {
  readonly protocol: 'http' | 'https'
  /** `*` or an IP address. */
  readonly address: string
  readonly port: number
  /** Empty: any host. */
  readonly host: string
  readonly sni: boolean
}

/** The site of this name; undefined when there is none. */
export function lookAtSite(state: ServerState, name: string): Scene | undefined {
  const site = state.iis.sites.find(({ attributes }) => sameName(attributes['name'], name))
  if (site === undefined) return undefined
  const root = site.items.find(({ attributes }) => attributes['path'] === '/')
  const poolName = root?.attributes['applicationPool'] ?? 'DefaultAppPool'
  const foreign = state.iis.foreignSites.some((one) => sameName(one, name))
  return {
    state,
    site,
    name: site.attributes['name'] ?? name,
    started: isServing(state) && !foreign && lookUp(state.iis.siteStates, name)?.[1] === 'Started',
    bindings: (site.elements['bindings']?.items ?? []).flatMap(bindingOf),
    pool: state.iis.pools.find(({ attributes }) => sameName(attributes['name'], poolName)),
    poolName,
    poolStarted: lookUp(state.iis.poolStates, poolName)?.[1] === 'Started',
    folder: folderOf(root),
    applicationId: `/LM/W3SVC/${site.attributes['id']}/ROOT`,
  }
}

/** An application that runs inside its pool's worker process, or wants to. */
export interface PoolMember {
  readonly applicationId: string
  readonly folder: string
}

/** All applications of a pool in the order in which this simulation lets them start: sites by number. */
export function membersOf(state: ServerState, pool: string): readonly PoolMember[] {
  return [...state.iis.sites]
    .sort((one, other) => Number(one.attributes['id']) - Number(other.attributes['id']))
    .filter(({ attributes }) => lookUp(state.iis.siteStates, attributes['name'] ?? '')?.[1] === 'Started')
    .flatMap((site) =>
      site.items
        .filter(({ attributes }) => sameName(attributes['applicationPool'] ?? 'DefaultAppPool', pool))
        .map((application) => ({
          applicationId: join(
            `/LM/W3SVC/${site.attributes['id']}/ROOT`,
            application.attributes['path'] ?? '',
          ).replace(/\/$/, ''),
          folder: folderOf(application),
        })),
    )
}

function folderOf(application: ConfigElement | undefined): string {
  return (
    application?.items.find(({ attributes }) => attributes['path'] === '/')?.attributes['physicalPath'] ?? ''
  )
}

/** `bindingInformation` is `address:port:host`; an IPv6 address stands in brackets. Other protocols are not IIS's web. */
function bindingOf({ attributes }: ConfigElement): SiteBinding[] {
  const { protocol, bindingInformation = '', sslFlags = '0' } = attributes
  const parts = /^(\[[^\]]*\]|[^:]*):(\d+):(.*)$/.exec(bindingInformation)
  if (parts === null || (protocol !== 'http' && protocol !== 'https')) return []
  const [, address = '', port = '', host = ''] = parts
  return [
    {
      protocol,
      address: address || '*',
      port: Number(port),
      host: host.toLowerCase(),
      sni: (Number(sslFlags) & 1) === 1,
    },
  ]
}
