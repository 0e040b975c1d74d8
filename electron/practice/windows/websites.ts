import { type ConfigElement, lookUp, sameName } from './configuration/element.ts'
import type { RunState, ServerState } from './state.ts'

export interface WebsiteBinding {
  readonly protocol: string
  /** `*`, an IPv4 address or an IPv6 address in brackets. */
  readonly address: string
  readonly port: number
  readonly host: string
  readonly sslFlags: number
}

/** A site as the processes that serve it see it. */
export interface Website {
  readonly name: string
  readonly bindings: readonly WebsiteBinding[]
  /** Pool of the root application. */
  readonly pool: string
  /** Physical path of the root, as it was typed. */
  readonly folder: string | undefined
  readonly state: RunState
  /** Somebody else's: named everywhere, served nowhere. */
  readonly foreign: boolean
}

/** `applicationDefaults` of an IIS as it is installed. */
const DEFAULT_POOL = 'DefaultAppPool'

/** All sites in the order of their ids. */
export function listWebsites({ iis }: ServerState): readonly Website[] {
  return iis.sites.map((site) => {
    const name = site.attributes['name']!
    const root = site.items.find(({ attributes }) => attributes['path'] === '/')
    return {
      name,
      bindings: bindingsOf(site),
      pool: poolOf(root),
      folder: root?.items.find(({ attributes }) => attributes['path'] === '/')?.attributes['physicalPath'],
      state: lookUp(iis.siteStates, name)?.[1] ?? 'Stopped',
      foreign: iis.foreignSites.some((foreign) => sameName(foreign, name)),
    }
  })
}

/** The application pool of an application: an application without one gets the default. */
export function poolOf(application: ConfigElement | undefined): string {
  return application?.attributes['applicationPool'] ?? DEFAULT_POOL
}

/** Whether WAS and W3SVC run; without them nobody knows the state of sites and pools. */
export function isServing({ services }: ServerState): boolean {
  return ['WAS', 'W3SVC'].every((name) => services[name]?.status === 'running')
}

/** When IIS was started, sites and pools run as their configuration says, whatever they did before. */
export function autoStart(before: ServerState, state: ServerState): void {
  if (isServing(before) || !isServing(state)) return
  const { iis } = state
  for (const { attributes } of iis.pools)
    iis.poolStates[attributes['name']!] = attributes['autoStart'] === 'false' ? 'Stopped' : 'Started'
  const taken: WebsiteBinding[] = []
  for (const [index, { name, bindings }] of listWebsites(state).entries()) {
    const wanted = iis.sites[index]!.attributes['serverAutoStart'] !== 'false'
    const free = !bindings.some((one) => taken.some((other) => collide(one, other)))
    iis.siteStates[name] = wanted && free ? 'Started' : 'Stopped'
    if (wanted && free) taken.push(...bindings)
  }
}

/** Whether two bindings cannot be served at the same time. */
export function collide(one: WebsiteBinding, other: WebsiteBinding): boolean {
  return one.port === other.port && one.address === other.address && sameName(one.host, other.host)
}

/** Reads `*:8090:` and `[::1]:443:name`; undefined when it is no endpoint. */
export function parseEndpoint(
  information: string,
): { readonly address: string; readonly port: number; readonly host: string } | undefined {
  const match = /^(\*|[\d.]+|\[[\da-f:.]+\]):(\d{1,5}):([^:\s]*)$/i.exec(information)
  const port = Number(match?.[2])
  if (match === null || port < 1 || port > 65_535) return undefined
  return { address: match[1]!, port, host: match[3]! }
}

function bindingsOf(site: ConfigElement): readonly WebsiteBinding[] {
  return (site.elements['bindings']?.items ?? []).flatMap(({ attributes }) => {
    const endpoint = parseEndpoint(attributes['bindingInformation'] ?? '')
    if (endpoint === undefined) return []
    return [{ ...endpoint, protocol: attributes['protocol']!, sslFlags: Number(attributes['sslFlags'] ?? 0) }]
  })
}
