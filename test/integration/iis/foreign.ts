import { join } from 'node:path'
import { element, type ConfigElement } from '../../../electron/practice/windows/configuration/element.ts'
import type { RunState, ServerState } from '../../../electron/practice/windows/state.ts'
import type { Wishes } from './website-answers.ts'
import { HTTPS } from './website-answers.ts'

/** What somebody else has made on the server under the very names that are wished for. */
export interface Foreign {
  readonly pool?: { readonly state: RunState; readonly settings: Readonly<Record<string, string>> }
  readonly site?: { readonly state: RunState; readonly bindings: readonly string[] }
  /** A certificate at the endpoint. */
  readonly certificate?: { readonly store: string | null }
}

/** The endpoint in HTTP.sys that the wished website needs. */
function endpointOf({ sni, host }: Wishes): string {
  return sni && host !== undefined ? `${host}:${HTTPS}` : `0.0.0.0:${HTTPS}`
}

/** Puts it there, as IIS Manager and netsh would. */
export function put(state: ServerState, { pool, site, certificate }: Foreign, wish: Wishes): void {
  const { iis } = state
  if (pool) {
    const { state: run, settings } = pool
    iis.pools.push(poolOf(wish.pool, settings))
    iis.poolStates[wish.pool] = run
  }
  if (site) {
    iis.sites.push(siteOf(wish.site, 7, pool ? wish.pool : 'DefaultAppPool', site.bindings))
    iis.siteStates[wish.site] = site.state
    iis.foreignSites.push(wish.site)
  }
  if (certificate) {
    const endpoint = endpointOf(wish)
    const kind = endpoint.startsWith('0.') ? 'ip' : 'sni'
    state.sslBindings.push({
      endpoint,
      kind,
      hash: state.certificates[1]!.thumbprint.toLowerCase(),
      appId: '{4dc3e181-e14b-4a21-b022-59fc669b0914}',
      // A host name never comes without its store.
      store: kind === 'sni' ? 'MY' : certificate.store,
    })
  }
}

/** Settings by their names as appcmd takes them, `processModel.idleTimeout`. */
function poolOf(name: string, settings: Readonly<Record<string, string>>): ConfigElement {
  const pool = element({ name })
  for (const [path, value] of Object.entries(settings)) {
    const parts = path.split('.')
    const last = parts.pop()!
    let at = pool
    for (const part of parts) at = at.elements[part] ??= element()
    at.attributes[last] = value
  }
  return pool
}

/** A site of somebody else with one application. */
export function siteOf(name: string, id: number, pool: string, bindings: readonly string[]): ConfigElement {
  const site = element({ name, id: String(id) })
  const all = element()
  for (const binding of bindings) {
    const [protocol = '', bindingInformation = ''] = binding.split('/')
    all.items.push(element({ protocol, bindingInformation }))
  }
  site.elements['bindings'] = all
  const root = element({ path: '/', applicationPool: pool })
  root.items.push(element({ path: '/', physicalPath: join('/srv', 'theirs') }))
  site.items.push(root)
  return site
}

export function takeOverOf({ pool, site, certificate }: Foreign, wish: Wishes): string[] {
  return [
    ...(pool ? [`pool:${wish.pool}`] : []),
    ...(site ? [`site:${wish.site}`] : []),
    ...(certificate ? [`certificate:${endpointOf(wish)}`] : []),
  ]
}
