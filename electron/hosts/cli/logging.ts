import { resolve } from 'node:path'
import { installationIn } from '../../service/installation.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { runTask } from './task.ts'

const LEVELS = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const

/** `logging on|off`: the stdout log of an installed service. */
export async function loggingCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      target: { type: 'string' },
      level: { type: 'string' },
      plan: { type: 'boolean', default: false },
    },
    { least: 1, most: 1 },
  )
  const [state] = positionals
  if (state !== 'on' && state !== 'off') throw invalidArguments('Known are: logging on, and logging off.')
  if (values.target === undefined)
    throw invalidArguments('Name the folder of the installation (--target FOLDER).')
  const level = LEVELS.find((each) => each === values.level)
  if (values.level !== undefined && !level)
    throw invalidArguments(`The level “${values.level}” is not known. Known are: ${LEVELS.join(', ')}.`)
  const { machine, session } = context
  const { id, practice } = await installationIn(machine, session.stateFolder, resolve(values.target))
  return runTask(
    { task: 'set-logging', installation: id, stdout: state === 'on', ...(level ? { level } : {}) },
    context,
    { practice: practice === true, planOnly: values.plan },
  )
}
