import { invalidArguments } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { completeCommand } from './complete.ts'
import { createCommand } from './create.ts'
import { passwordCommand } from './password.ts'
import { replaceCommand } from './replace.ts'
import { forgetCommand, requestCommand, requestsCommand } from './request.ts'
import { showCommand } from './show.ts'

const commands: Readonly<
  Record<string, (args: readonly string[], context: CommandContext) => Promise<number>>
> = {
  create: createCommand,
  show: showCommand,
  request: requestCommand,
  requests: requestsCommand,
  complete: completeCommand,
  forget: forgetCommand,
  replace: replaceCommand,
  password: passwordCommand,
}

/** `certificate`: the certificate that signs the tokens. */
export async function certificateCommand(
  [name = '', ...args]: readonly string[],
  context: CommandContext,
): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(args, context)
  throw invalidArguments(
    `Known are: ${Object.keys(commands)
      .map((each) => `certificate ${each}`)
      .join(', ')}.`,
  )
}
