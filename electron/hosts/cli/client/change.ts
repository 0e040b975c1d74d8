import { ANSWERS_VERSION, type ChangeClientAnswers } from '../../../contract/answers.ts'
import { grantTypes } from '../../../contract/client.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { INSTALLATION_OPTIONS, installationIn } from '../installation-options.ts'
import { OWN_ANSWERS_OPTIONS, planOrSetUp } from '../set-up.ts'
import { oneOf, referenceOf } from '../values.ts'

const CLIENT_OPTIONS = {
  client: { type: 'string' },
  id: { type: 'string' },
  name: { type: 'string' },
  secret: { type: 'string' },
  scopes: { type: 'string' },
  'grant-types': { type: 'string' },
  'use-anyway': { type: 'boolean', default: false },
} as const

type ClientValues = ReturnType<typeof parseCommand<typeof CLIENT_OPTIONS>>['values']

/** `client change`: another id, name, secret, scopes or grant types for the client of a service that is there. */
export async function changeCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, {
    ...INSTALLATION_OPTIONS,
    'database-server': { type: 'string' },
    ...CLIENT_OPTIONS,
    ...OWN_ANSWERS_OPTIONS,
  })
  const { 'database-server': databaseServer } = values
  const answers: ChangeClientAnswers = {
    version: ANSWERS_VERSION,
    scenario: 'change-client',
    ...(await installationIn(values, context)),
    client: clientOf(values),
    ...(databaseServer === undefined ? {} : { databaseServer }),
  }
  return planOrSetUp(answers, values, context)
}

/** @throws SetupError `arguments.invalid` */
function clientOf(values: ClientValues): ChangeClientAnswers['client'] {
  const { client: current, id, name, secret, scopes, 'grant-types': grants } = values
  return {
    ...(current === undefined ? {} : { current }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(secret === undefined
      ? {}
      : { secret: secret === 'generate' ? secret : referenceOf('--secret', secret) }),
    ...(scopes === undefined ? {} : { scopes: listOf(scopes) }),
    ...(grants === undefined
      ? {}
      : { grantTypes: listOf(grants).map((each) => oneOf('--grant-types', grantTypes, each)!) }),
    ...(values['use-anyway'] ? { useAnyway: true } : {}),
  }
}

/** `a,b, c` as its parts. */
function listOf(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}
