import type { Machine } from '../machine/machine.ts'
import { inspectContainers } from './container.ts'
import { mustDocker } from './docker-command.ts'

interface PublishedPort {
  readonly port: number
  readonly container: string
}

/** The ports that running containers publish, among them those that listening here would not show. */
async function publishedPorts(machine: Machine): Promise<readonly PublishedPort[]> {
  const { stdout } = await mustDocker(machine, 'The running containers were not listed.', ['ps', '-q'])
  const containers = await inspectContainers(
    machine,
    stdout.split(/\s+/).filter((id) => id !== ''),
  )
  return containers.flatMap(({ name, ports }) => ports.map(({ host }) => ({ port: host, container: name })))
}

/** Whether a port of this machine can be published, and which container has it when one does. */
export async function lookAtPort(
  machine: Machine,
  port: number,
): Promise<{ readonly free: boolean; readonly container?: string }> {
  const holder = (await publishedPorts(machine)).find((published) => published.port === port)
  if (holder !== undefined) return { free: false, container: holder.container }
  return { free: await machine.network.portFree(port) }
}
