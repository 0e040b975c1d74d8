import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { removeContainer } from './container.ts'
import type { Inspected } from './container-own.ts'
import { createArguments } from './create-arguments.ts'
import { docker, inspected, isMissing, mustDocker } from './docker-command.ts'
import { lostOptions } from './lost-options.ts'
import { text } from './reading.ts'

export interface Beside {
  /** The container to be like. */
  readonly name: string
  /** Name of the new one; an earlier container of that name is removed. */
  readonly beside: string
  /** Tag of the image that the new one is made of. */
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
}

/**
 * Makes a container like another one from another image and does not start it. What it was made with is then
 * compared: when the new one lacks any of it, it is removed again.
 *
 * @throws SetupError `docker.container-missing`; `docker.option-not-carried`, which names the options; `docker.…`
 */
export async function createBeside(machine: Machine, { name, beside, image, labels }: Beside): Promise<void> {
  const failed = `No new container was made in place of “${name}”.`
  const former = await lookAt(machine, 'container', name, failed)
  if (former === undefined)
    throw new SetupError({
      code: 'docker.container-missing',
      what: failed,
      cause: `There is no container “${name}”.`,
      next: 'Look at the containers with “docker ps -a”, then try again.',
    })
  const formerImage = await lookAt(machine, 'image', text(former['Image']), failed)
  const { options, command, env } = createArguments(former, formerImage)
  const marks = Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`])
  await removeContainer(machine, beside)
  const args = ['create', '--pull', 'never', '--name', beside, ...options, ...marks, image, ...command]
  await mustDocker(machine, failed, args, { env })
  const made = (await lookAt(machine, 'container', beside, failed)) ?? {}
  const lost = lostOptions(former, formerImage, made).filter((option) => !isOneOf(option, labels))
  if (lost.length === 0) return
  await removeContainer(machine, beside)
  throw new SetupError({
    code: 'docker.option-not-carried',
    what: failed,
    cause: `It was started with options that this program cannot give to a new one: ${lost.join(', ')}.`,
    next: 'Replace the container by the means it was first started with, such as its compose file, then try again.',
    untouched: 'The container is as it was.',
    details: lost,
  })
}

/** Gives the container that was made beside its name and starts it. */
export async function startInPlace(machine: Machine, beside: string, name: string): Promise<void> {
  const failed = `The new container “${name}” was not started.`
  await mustDocker(machine, failed, ['rename', beside, name])
  await mustDocker(machine, failed, ['start', name])
}

function isOneOf(option: string, labels: Readonly<Record<string, string>>): boolean {
  return option.startsWith('Labels.') && option.slice('Labels.'.length) in labels
}

async function lookAt(
  machine: Machine,
  type: 'container' | 'image',
  name: string,
  failed: string,
): Promise<Inspected | undefined> {
  const args = ['inspect', '--type', type, name]
  const result = await docker(machine, args)
  if (isMissing(result)) return undefined
  if (result.exitCode !== 0) await mustDocker(machine, failed, args)
  return inspected(failed, result)[0]
}
