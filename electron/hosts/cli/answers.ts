import * as z from 'zod/mini'
import { answersSchema } from '../../contract/answers.ts'
import { exampleAnswers } from '../../scenarios/new-installation/example.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'

const KINDS = ['iis', 'docker', 'practice'] as const

/** `answers`: an example to start from, or the schema. */
export async function answersCommand(
  args: readonly string[],
  { machine, output }: CommandContext,
): Promise<number> {
  const { values } = parseCommand(args, {
    scenario: { type: 'string', default: 'new-installation' },
    hosting: { type: 'string', default: machine.platform === 'win32' ? 'iis' : 'docker' },
    schema: { type: 'boolean', default: false },
  })
  if (values.scenario !== 'new-installation')
    throw invalidArguments(`The scenario “${values.scenario}” is not known. Known is: new-installation.`)
  const kind = KINDS.find((each) => each === values.hosting)
  if (!kind)
    throw invalidArguments(`The hosting “${values.hosting}” is not known. Known are: ${KINDS.join(', ')}.`)
  output.json(values.schema ? z.toJSONSchema(answersSchema) : exampleAnswers(kind, machine.platform), 2)
  return EXIT.done
}
