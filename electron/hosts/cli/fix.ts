import { resolve } from 'node:path'
import type { Task } from '../../contract/tasks.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { runTask } from './task.ts'

/** `fix`: what the buttons of the Prerequisites page do. */
export async function fixCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { plan: { type: 'boolean', default: false }, practice: { type: 'boolean', default: false } },
    { least: 1, most: 2 },
  )
  return runTask(taskOf(positionals), context, { practice: values.practice, planOnly: values.plan })
}

function taskOf([name, file]: readonly string[]): Task {
  if (name === 'iis-features' && file === undefined) return { task: 'enable-iis-features' }
  if (name === 'hosting-bundle' && file !== undefined)
    return { task: 'install-hosting-bundle', file: resolve(file) }
  throw invalidArguments('Known are: fix iis-features, and fix hosting-bundle FILE.')
}
