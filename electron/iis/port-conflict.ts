import type { Machine } from '../machine/machine.ts'
import { portHolders } from '../windows/ports.ts'
import { same } from './config-element.ts'
import type { Site } from './site.ts'
import { sitesOnPort } from './suggest.ts'

export interface WantedPort {
  readonly port: number
  /** Host header; empty: every name. */
  readonly host: string
  /** Names of the sites that may have the port: this setup's own. */
  readonly own: readonly string[]
}

/**
 * Who stands in the way on a port, in one sentence; undefined when nobody does. Websites share a port under different
 * host headers, and to everybody else their port belongs to “System”.
 * @param sites undefined where only an administrator could look; then what HTTP.sys holds may be shared
 */
export async function portConflict(
  machine: Machine,
  { port, host, own }: WantedPort,
  sites: readonly Site[] | undefined,
): Promise<string | undefined> {
  const bound = sitesOnPort(sites ?? [], port)
  const clash = bound.find(
    ({ name, bindings }) =>
      !own.some((each) => same(each, name)) &&
      bindings.some((binding) => binding.port === port && same(binding.host, host)),
  )
  if (clash) return `Port ${port} is a binding of the website ${clash.name}.`
  if (bound.length > 0 || (await machine.network.portFree(port))) return undefined
  const holders = await portHolders(machine, port)
  const programs = holders.filter(({ urls }) => urls === undefined)
  if (sites === undefined && holders.length > 0 && programs.length === 0) return undefined
  const names = programs.map(({ process, pid }) => process ?? `process ${pid}`)
  return `Port ${port} is used by ${names.join(', ') || 'another program'}.`
}
