import { lookUp } from '../../configuration/element.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { AppcmdCall } from './arguments.ts'
import { AppcmdFailure } from './failure.ts'
import { say } from './words.ts'

/**
 * `appcmd add|restore|delete backup`.
 * Unverified on a real server: `delete backup`.
 */
export function backup({ verb, identifier, parameters }: AppcmdCall, server: SimulatedServer): string {
  const { iis, system } = server.state
  const given = identifier ?? parameters.find(({ name }) => name.toLowerCase() === 'name')?.value
  const name = given ?? stamp(server.real.clock.now())
  const kept = lookUp(iis.backups, name)
  if (verb === 'add') {
    if (kept) throw new AppcmdFailure(183, 'duplicate', [name])
    iis.backups[name] = structuredClone({ pools: iis.pools, sites: iis.sites })
    return `${say(system.language, 'added', 'BACKUP', name)}\r\n`
  }
  if (kept === undefined) throw new AppcmdFailure(1168, 'noObject', ['BACKUP', name])
  if (verb === 'delete') {
    delete iis.backups[kept[0]]
    return `${say(system.language, 'deleted', 'BACKUP', name)}\r\n`
  }
  Object.assign(iis, structuredClone(kept[1]))
  return `${say(system.language, 'restored', name)}\r\n`
}

/** `20060519T172530` */
function stamp(now: Date): string {
  return now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, '')
}
