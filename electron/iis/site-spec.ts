import { commandLine } from '../windows/tool.ts'
import {
  type Binding,
  bindingSelector,
  printBinding,
  printBindings,
  sameBinding,
  sameEndpoint,
} from './binding.ts'
import { same } from './config-element.ts'
import { samePath } from './paths.ts'
import type { Site } from './site.ts'

/** A site as it should be: one application at its root. */
export interface SiteSpec {
  readonly name: string
  readonly pool: string
  readonly folder: string
  readonly bindings: readonly Binding[]
  /** The number it is created with; left out: the next free one. */
  readonly id?: number
}

/**
 * The calls that create a site, in order. It is kept from starting until it has its own pool: a request that came
 * meanwhile would start the service under IIS's default one.
 * https://learn.microsoft.com/iis/get-started/getting-started-with-iis/getting-started-with-appcmdexe
 */
export function createSiteArguments(spec: SiteSpec): readonly (readonly string[])[] {
  return [
    [
      'add',
      'site',
      `/name:${spec.name}`,
      ...(spec.id === undefined ? [] : [`/id:${spec.id}`]),
      '/serverAutoStart:false',
      `/bindings:${printBindings(spec.bindings)}`,
      `/physicalPath:${spec.folder}`,
    ],
    ['set', 'app', `${spec.name}/`, `/applicationPool:${spec.pool}`],
    ...spec.bindings
      .filter(({ sslFlags }) => sslFlags !== 0)
      .map((binding) => [
        'set',
        'site',
        spec.name,
        `/bindings.${bindingSelector(binding)}.sslFlags:${binding.sslFlags}`,
      ]),
    ['set', 'site', spec.name, '/serverAutoStart:true'],
  ]
}

/** The commands that create the site, as the plan shows them. */
export function siteCommands(spec: SiteSpec): readonly string[] {
  return createSiteArguments(spec).map((args) => commandLine('appcmd', args))
}

/** In words, how a site is other than wanted; empty when it is as wanted. */
export function siteDiffers(site: Site, spec: SiteSpec): readonly string[] {
  const missing = spec.bindings.filter((wanted) => !site.bindings.some((found) => sameBinding(found, wanted)))
  const extra = site.bindings.filter((found) => !spec.bindings.some((wanted) => sameEndpoint(found, wanted)))
  return [
    ...(same(site.pool, spec.pool) ? [] : [`application pool ${site.pool} instead of ${spec.pool}`]),
    ...(samePath(site.folder, spec.folder) ? [] : [`folder ${site.folder} instead of ${spec.folder}`]),
    ...missing.map((wanted) =>
      site.bindings.some((found) => sameEndpoint(found, wanted))
        ? `binding ${printBinding(wanted)} ${wanted.sslFlags & 1 ? 'without' : 'with'} Server Name Indication`
        : `no binding ${printBinding(wanted)}`,
    ),
    ...extra.map((found) => `binding ${printBinding(found)} that is not wanted`),
    ...(site.autoStart ? [] : ['it does not start with IIS (serverAutoStart)']),
  ]
}
