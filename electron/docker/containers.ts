import type { Machine } from '../machine/machine.ts'
import { type Container, inspectContainers } from './container.ts'
import { mustDocker } from './docker-command.ts'

/** Every container of this engine, running or not. Rejects with `docker.…`, and `process.not-found` without a client. */
export async function listContainers(machine: Machine): Promise<readonly Container[]> {
  const { stdout } = await mustDocker(machine, 'The containers were not listed.', ['ps', '-aq'])
  return inspectContainers(
    machine,
    stdout.split(/\s+/).filter((id) => id !== ''),
  )
}
