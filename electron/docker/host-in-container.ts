import type { ContainerSpec } from './container-spec.ts'
import type { Engine } from './engine.ts'

export interface HostSeen {
  /** Whether the name means in the container what it means here, as far as the name alone tells. */
  readonly reachable: boolean
  /** The name to use instead. */
  readonly suggestion?: string
  readonly why?: string
}

/** Names by which connection strings mean "this machine"; `.` and `(local)` are SQL Server's. */
const THIS_MACHINE =
  /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1|0\.0\.0\.0|::|\(local\)|\(localdb\)|\.)$/i

/**
 * How a host of a connection string looks from inside a container.
 * @param host as it stands in the connection string: without port, perhaps with `\instance` or a `tcp:` before it
 * @param machineName this machine's own name
 */
export function hostSeenFromContainer(
  host: string,
  spec: Pick<ContainerSpec, 'network'>,
  engine: Pick<Engine, 'hostName'>,
  machineName?: string,
): HostSeen {
  const [, protocol, name = '', instance = ''] =
    /^(?:(tcp|np|lpc|admin):)?\[?([^\\\],]*)\]?(.*)$/i.exec(host.trim()) ?? []
  if (protocol?.toLowerCase() === 'np' || protocol?.toLowerCase() === 'lpc' || name.startsWith('/'))
    return {
      reachable: false,
      suggestion: engine.hostName,
      why: 'Named pipes, shared memory and socket files of this machine do not reach into a container; only TCP does.',
    }
  if (spec.network === 'host') return { reachable: true }
  if (THIS_MACHINE.test(name))
    return {
      reachable: false,
      suggestion: `${engine.hostName}${instance}`,
      why: `Inside the container “${name}” is the container itself, not this machine.`,
    }
  if (machineName !== undefined && name.toLowerCase() === machineName.toLowerCase())
    return {
      reachable: true,
      suggestion: `${engine.hostName}${instance}`,
      why: `“${name}” is this machine's own name; a container finds it only when DNS knows it.`,
    }
  return { reachable: true }
}
