import { SetupError } from '../contract/problem.ts'
import type { Command, CommandResult, Machine } from '../machine/machine.ts'
import { dockerProblem } from './docker-problem.ts'

type Options = Omit<Command, 'command' | 'args'>

/** Runs the `docker` client (or Podman's of that name). Its messages are English on every system. */
export function docker(
  machine: Machine,
  args: readonly string[],
  options: Options = {},
): Promise<CommandResult> {
  return machine.processes.run({ command: 'docker', args, ...options })
}

/** As {@link docker}, for calls that must end well. Rejects with a `docker.…` SetupError saying what it did not do. */
export async function mustDocker(
  machine: Machine,
  failed: string,
  args: readonly string[],
  options: Options = {},
): Promise<CommandResult> {
  const result = await docker(machine, args, options)
  if (result.exitCode !== 0) throw new SetupError(dockerProblem(failed, result))
  return result
}

/** Whether the client says that there is no image or container of that name. */
export function isMissing(result: CommandResult): boolean {
  return result.exitCode !== 0 && /no such (object|container|image)|image not known/i.test(result.stderr)
}

/** What `docker inspect` printed: always a list. Rejects with `docker.answer` when it is something else. */
export function inspected(failed: string, result: CommandResult): readonly Record<string, unknown>[] {
  try {
    const parsed: unknown = JSON.parse(result.stdout)
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'object' && item !== null))
      return parsed as Record<string, unknown>[]
  } catch {
    // Told below in the words of this program.
  }
  throw new SetupError({
    code: 'docker.answer',
    what: failed,
    cause: 'The docker command answered in a form that this program does not know.',
    next: 'Check the versions with “docker version”.',
    details: [result.stdout.slice(0, 500)],
  })
}
