import { lookUp } from '../configuration/element.ts'
import type { Scene } from './scene.ts'
import type { SiteWebConfig } from './web-config.ts'

const STATUS: Readonly<Record<string, number>> = {
  permanent: 301,
  found: 302,
  temporary: 307,
  permredirect: 308,
}

export interface Redirect {
  readonly status: number
  readonly location: string
}

/**
 * Where `system.webServer/httpRedirect` sends a request, from applicationHost.config or web.config; undefined when it
 * does not, or when the feature is not installed. Unless the destination is exact, path and query follow it.
 * https://learn.microsoft.com/iis/configuration/system.webserver/httpredirect/
 */
export function redirectOf(
  scene: Scene,
  config: SiteWebConfig | undefined,
  url: string,
): Redirect | undefined {
  if (lookUp(scene.state.features, 'IIS-HttpRedirect')?.[1] !== 'Enabled') return undefined
  const sections = lookUp(scene.state.iis.locations, scene.name)?.[1] ?? {}
  const settings = {
    ...lookUp(sections, 'system.webServer/httpRedirect')?.[1].attributes,
    ...config?.httpRedirect,
  }
  const destination = settings['destination'] ?? ''
  if (settings['enabled']?.toLowerCase() !== 'true' || destination === '') return undefined
  const [path = '/', query] = url.split(/\?(.*)/s)
  const variables: Readonly<Record<string, string>> = {
    $V: path,
    $S: path,
    $Q: query === undefined ? '' : `?${query}`,
  }
  const filled = destination.replace(/\$[VSQ]/gi, (name) => variables[name.toUpperCase()] ?? name)
  const exact = settings['exactDestination']?.toLowerCase() === 'true'
  return {
    status: STATUS[(settings['httpResponseStatus'] ?? 'Found').toLowerCase()] ?? 302,
    location: exact || filled !== destination ? filled : destination.replace(/\/$/, '') + url,
  }
}
