import type { Machine } from '../machine/machine.ts'
import { inspectContainer, removeContainer, stopContainer } from './container.ts'
import { mustDocker } from './docker-command.ts'

/**
 * Stops a container and gives it another name, so that a new one can take its place and it can come back. A container
 * that was set aside earlier under that name is removed.
 */
export async function setAside(machine: Machine, name: string, aside: string): Promise<void> {
  await removeContainer(machine, aside)
  await stopContainer(machine, name)
  await mustDocker(machine, `The container “${name}” was not set aside.`, ['rename', name, aside])
}

/**
 * Puts a container that was set aside back in its place, without starting it.
 * @param id of that container: an older one may bear the name it was to get
 */
export async function bringBack(machine: Machine, name: string, id: string): Promise<void> {
  const former = await inspectContainer(machine, id)
  if (!former || former.name === name) return
  await removeContainer(machine, name)
  await mustDocker(machine, `The container “${name}” was not brought back.`, ['rename', id, name])
}
