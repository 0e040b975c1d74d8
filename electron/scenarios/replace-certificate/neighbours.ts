import { same } from '../../iis/config-element.ts'
import { samePath } from '../../iis/paths.ts'
import { listSites } from '../../iis/sites.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Installation } from '../../service/installation.ts'
import { servicesHere, type ServiceHere } from '../installation/known-certificates.ts'
import { sameFolder } from '../installation/recorded.ts'

/** Who else is touched by a replacement, by their names. */
export interface Neighbours {
  /** Other services that open the file which the new certificate goes into. */
  readonly withFile: readonly string[]
  /** Other applications in the pool that is recycled. */
  readonly inPool: readonly string[]
}

/** Who else on this machine opens a PFX, or runs in the pool of a service; as far as this user can see. Never rejects. */
export async function neighboursOf(
  machine: Machine,
  stateFolder: string,
  own: Installation,
  pfx: string,
): Promise<Neighbours> {
  const [services, inPool] = await Promise.all([
    servicesHere(machine, stateFolder),
    inPoolOf(machine, own).catch(() => []),
  ])
  const withFile = services
    .filter((service) => !isOwn(service, own) && sameFolder(machine, service.pfx, pfx))
    .map(({ name }) => name)
  return { withFile: [...new Set(withFile)], inPool }
}

function isOwn({ id, site, container }: ServiceHere, own: Installation): boolean {
  return (
    id === own.id ||
    (site !== undefined && own.website !== undefined && same(site, own.website.site)) ||
    (container !== undefined && container === own.container)
  )
}

async function inPoolOf(machine: Machine, { website, target }: Installation): Promise<readonly string[]> {
  if (!website || !machine.windows) return []
  return (await listSites(machine)).flatMap(({ name, applications }) =>
    applications
      .filter(({ pool, folder }) => same(pool, website.pool) && !samePath(folder, target))
      .map(({ path }) => (path === '/' ? name : `${name}${path}`)),
  )
}
