import { stopPractice } from '../session/practice.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'

/** `practice stop`: ends what an unattended practice run leaves running. */
export async function practiceCommand(
  args: readonly string[],
  { machine, session, output }: CommandContext,
): Promise<number> {
  const { positionals } = parseCommand(args, {}, { least: 1, most: 1 })
  if (positionals[0] !== 'stop') throw invalidArguments('Known is: practice stop.')
  const stopped = await stopPractice(machine, session.stateFolder)
  output.line(
    stopped
      ? 'The practice service and its database are stopped; their data is kept.'
      : 'There is no practice run of this user.',
  )
  return EXIT.done
}
