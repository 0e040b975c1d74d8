import * as z from 'zod/mini'
import { answersSchema, changeClientSchema, replaceCertificateSchema } from '../../contract/answers.ts'
import { exampleClientChange } from '../../scenarios/change-client/example.ts'
import { EXAMPLE_DATABASES, exampleAnswers } from '../../scenarios/new-installation/example.ts'
import { exampleReplacement } from '../../scenarios/replace-certificate/example.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'
import { oneOf } from './values.ts'

const KINDS = ['iis', 'docker', 'practice'] as const
const SCENARIOS = {
  'new-installation': { schema: answersSchema, example: exampleAnswers },
  'change-client': { schema: changeClientSchema, example: exampleClientChange },
  'replace-certificate': { schema: replaceCertificateSchema, example: exampleReplacement },
} as const

/** `answers`: an example to start from, or the schema. */
export async function answersCommand(
  args: readonly string[],
  { machine, output }: CommandContext,
): Promise<number> {
  const { values } = parseCommand(args, {
    scenario: { type: 'string', default: 'new-installation' },
    hosting: { type: 'string', default: machine.platform === 'win32' ? 'iis' : 'docker' },
    database: { type: 'string' },
    schema: { type: 'boolean', default: false },
  })
  const known = Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]
  const scenario = known.find((each) => each === values.scenario)
  if (!scenario)
    throw invalidArguments(`The scenario “${values.scenario}” is not known. Known are: ${known.join(', ')}.`)
  const kind = KINDS.find((each) => each === values.hosting)
  if (!kind)
    throw invalidArguments(`The hosting “${values.hosting}” is not known. Known are: ${KINDS.join(', ')}.`)
  const database = oneOf('--database', EXAMPLE_DATABASES, values.database)
  if (database !== undefined && (scenario !== 'new-installation' || kind === 'practice'))
    throw invalidArguments('--database goes with a new installation under IIS or with Docker.')
  const { schema, example } = SCENARIOS[scenario]
  output.json(values.schema ? z.toJSONSchema(schema) : example(kind, machine.platform, database), 2)
  return EXIT.done
}
