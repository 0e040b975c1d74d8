import * as z from 'zod/mini'
import { answersSchema } from '../../contract/answers.ts'
import { exampleAnswers } from '../../scenarios/new-installation/example.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'

/** `answers`: an example to start from, or the schema. */
export async function answersCommand(
  args: readonly string[],
  { machine, output }: CommandContext,
): Promise<number> {
  const { values } = parseCommand(args, {
    scenario: { type: 'string', default: 'new-installation' },
    hosting: { type: 'string', default: 'docker' },
    schema: { type: 'boolean', default: false },
  })
  if (values.scenario !== 'new-installation')
    throw invalidArguments(`The scenario “${values.scenario}” is not known. Known is: new-installation.`)
  if (values.hosting !== 'docker' && values.hosting !== 'practice')
    throw invalidArguments(`The hosting “${values.hosting}” is not known. Known are: docker, practice.`)
  output.json(
    values.schema ? z.toJSONSchema(answersSchema) : exampleAnswers(values.hosting, machine.platform),
    2,
  )
  return EXIT.done
}
