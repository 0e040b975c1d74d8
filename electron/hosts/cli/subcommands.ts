import { invalidArguments } from './arguments.ts'
import type { CommandContext } from './context.ts'

export type CommandLine = (args: readonly string[], context: CommandContext) => Promise<number>

/** A command whose first argument says which: `certificate show …`. */
export function subcommands(of: string, commands: Readonly<Record<string, CommandLine>>): CommandLine {
  return async ([name = '', ...args], context) => {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command) return command(args, context)
    const known = Object.keys(commands).map((each) => `${of} ${each}`)
    throw invalidArguments(`Known are: ${known.join(', ')}.`)
  }
}
