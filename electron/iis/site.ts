import type { Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { nameOf } from './appcmd.ts'
import { type Binding, bindingsOf, otherBindingsOf } from './binding.ts'
import { attribute, child, childrenOf, type ConfigElement } from './config-element.ts'
import { expanded } from './paths.ts'
import { type RunState, stateOf } from './run-state.ts'

/** A site as IIS has it. */
export interface Site {
  readonly name: string
  readonly id: number
  readonly state: RunState
  /** Those of HTTP and HTTPS. */
  readonly bindings: readonly Binding[]
  /** Those of other protocols, such as `net.tcp/808:*`. */
  readonly otherBindings: readonly string[]
  /** Application pool of the root application. */
  readonly pool: string
  /** Folder of the root as IIS stores it, such as `%SystemDrive%\inetpub\wwwroot`; empty where there is none. */
  readonly physicalPath: string
  /** The same with its variables replaced. */
  readonly folder: string
  readonly applications: readonly SiteApplication[]
  readonly autoStart: boolean
  /** The account that opens the folder (“Connect as”); empty: whoever asks, and the pool’s own. */
  readonly connectAs: string
}

interface SiteApplication {
  /** `/` for the root. */
  readonly path: string
  readonly pool: string
  /** With its variables replaced; empty where there is none. */
  readonly folder: string
}

/** What IIS's setup writes as the pool of applications that name none. */
const DEFAULT_POOL = 'DefaultAppPool'

/** A site from its object with its configuration. */
export function readSiteObject(machine: Machine, object: ConfigElement): Site {
  const site = child(object, 'site')
  const inherited = attribute(child(site, 'applicationDefaults'), 'applicationPool') ?? DEFAULT_POOL
  const applications = childrenOf(site, 'application').map((application) => {
    const folders = childrenOf(application, 'virtualDirectory')
    const root = folders.find((folder) => attribute(folder, 'path') === '/')
    return {
      path: attribute(application, 'path') ?? '',
      pool: attribute(application, 'applicationPool') ?? inherited,
      physicalPath: attribute(root, 'physicalPath') ?? '',
      connectAs: attribute(root, 'userName') ?? '',
    }
  })
  const root = applications.find(({ path }) => path === '/')
  return {
    name: nameOf(object),
    id: Number(attribute(object, 'SITE.ID') ?? attribute(site, 'id') ?? 0),
    state: stateOf(object),
    bindings: bindingsOf(site),
    otherBindings: otherBindingsOf(site),
    pool: root?.pool ?? inherited,
    physicalPath: root?.physicalPath ?? '',
    folder: expanded(machine, root?.physicalPath ?? ''),
    applications: applications.map(({ path, pool, physicalPath }) => ({
      path,
      pool,
      folder: expanded(machine, physicalPath),
    })),
    autoStart: attribute(site, 'serverAutoStart')?.toLowerCase() !== 'false',
    connectAs: root?.connectAs ?? '',
  }
}

/**
 * Why a site is not taken over, or undefined when it may be: IIS would open the service's folder as an account that
 * the rights set by this setup do not count for.
 */
export function siteTakeOverProblem({
  name,
  connectAs,
}: Pick<Site, 'name' | 'connectAs'>): Problem | undefined {
  if (connectAs === '') return undefined
  return {
    code: 'iis.site-connects-as',
    what: `The site “${name}” is not taken over.`,
    cause: `Its folder is opened as ${connectAs} (“Connect as”) instead of the account of the application pool.`,
    next: 'Choose another name for the site, or set “Connect as” to “Application user” in IIS Manager.',
    untouched: 'The site was not changed.',
  }
}
