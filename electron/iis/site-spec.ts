import { commandLine } from '../windows/tool.ts'
import {
  type Binding,
  bindingInformation,
  editedBindings,
  printBinding,
  printBindings,
  sameBinding,
  sameEndpoint,
} from './binding.ts'
import {
  attribute,
  configElement,
  type ConfigElement,
  same,
  withAttributes,
  withChild,
} from './config-element.ts'
import { samePath } from './paths.ts'
import type { Site } from './site.ts'

/** A site as it should be: one application at its root. */
export interface SiteSpec {
  readonly name: string
  readonly pool: string
  readonly folder: string
  readonly bindings: readonly Binding[]
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
        `/bindings.${selector(binding)}.sslFlags:${binding.sslFlags}`,
      ]),
    ['set', 'site', spec.name, '/serverAutoStart:true'],
  ]
}

/** The commands that create the site, as the plan shows them. */
export function siteCommands(spec: SiteSpec): readonly string[] {
  return createSiteArguments(spec).map((args) => commandLine('appcmd', args))
}

function selector(binding: Binding): string {
  return `[protocol='${binding.protocol}',bindingInformation='${bindingInformation(binding)}']`
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

/** An exported site with the wanted settings; its other settings, applications and bindings of other protocols stay. */
export function editedSite(exported: ConfigElement, spec: SiteSpec): ConfigElement {
  const outside = withAttributes(exported, { bindings: undefined })
  return withChild(outside, 'site', (site) => {
    const autoStart = attribute(site, 'serverAutoStart') === undefined ? {} : { serverAutoStart: 'true' }
    const bound = withChild(withAttributes(site, autoStart), 'bindings', (bindings) =>
      editedBindings(bindings, spec.bindings),
    )
    return withItem(bound, 'application', (application) =>
      withItem(withAttributes(application, { applicationPool: spec.pool }), 'virtualDirectory', (folder) =>
        withAttributes(folder, { physicalPath: spec.folder }),
      ),
    )
  })
}

/** Changes the child of that name whose path is `/`, or adds it. */
function withItem(
  parent: ConfigElement,
  name: string,
  change: (item: ConfigElement) => ConfigElement,
): ConfigElement {
  const isRoot = (item: ConfigElement) => same(item.name, name) && attribute(item, 'path') === '/'
  if (!parent.children.some(isRoot))
    return { ...parent, children: [...parent.children, change(configElement(name, { path: '/' }))] }
  return { ...parent, children: parent.children.map((item) => (isRoot(item) ? change(item) : item)) }
}
