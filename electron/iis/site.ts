import type { Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { nameOf } from './appcmd.ts'
import { type Binding, bindingsOf } from './binding.ts'
import { attribute, child, childrenOf, type ConfigElement, holdsSecret } from './config-element.ts'
import { expanded } from './paths.ts'
import { type RunState, stateOf } from './run-state.ts'

/** A site as IIS has it. */
export interface Site {
  readonly name: string
  readonly id: number
  readonly state: RunState
  /** Those of HTTP and HTTPS. */
  readonly bindings: readonly Binding[]
  /** Application pool of the root application. */
  readonly pool: string
  /** Physical path of the root, its variables replaced; empty where the site has no root. */
  readonly folder: string
  readonly applications: readonly SiteApplication[]
  readonly autoStart: boolean
  /** A folder is opened with a password of its own (“Connect as”). */
  readonly holdsSecrets: boolean
}

interface SiteApplication {
  /** `/` for the root. */
  readonly path: string
  readonly pool: string
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
      folder: expanded(machine, attribute(root, 'physicalPath') ?? ''),
    }
  })
  const root = applications.find(({ path }) => path === '/')
  return {
    name: nameOf(object),
    id: Number(attribute(object, 'SITE.ID') ?? attribute(site, 'id') ?? 0),
    state: stateOf(object),
    bindings: bindingsOf(site),
    pool: root?.pool ?? inherited,
    folder: root?.folder ?? '',
    applications,
    autoStart: attribute(site, 'serverAutoStart')?.toLowerCase() !== 'false',
    holdsSecrets: holdsSecret(object),
  }
}

/** Why a site is not changed, or undefined when it may be: a password in it could be put back by nobody. */
export function siteTakeOverProblem(site: Pick<Site, 'name' | 'holdsSecrets'>): Problem | undefined {
  if (!site.holdsSecrets) return undefined
  return {
    code: 'iis.site-holds-secrets',
    what: `The site “${site.name}” is not taken over.`,
    cause: 'One of its folders is opened with a password (“Connect as”) that only those who set it up know.',
    next: 'Choose another name for the site, or remove that password in IIS Manager.',
    untouched: 'The site was not changed.',
  }
}
