import { resolve } from 'node:path'
import { hiddenParts } from '../../../database/connection/hidden-parts.ts'
import { databaseOf } from '../../../scenarios/new-installation/database-facts.ts'
import { parseConnectionString } from '../../../database/connection/connection-string.ts'
import type { DatabaseTarget } from '../../../database/target.ts'
import { describeSource } from '../../../service/describe.ts'
import { providers } from '../../../contract/database.ts'
import type { Answers } from '../../../contract/answers.ts'
import { SetupError } from '../../../contract/problem.ts'
import type { Secret } from '../../../secrets/secret.ts'
import { databaseOfService } from '../../../steps/service-database.ts'
import { filesOf } from '../../../steps/service-settings.ts'
import { installationIn, type Installation } from '../../../service/installation.ts'
import { startPractice } from '../../session/practice.ts'
import { invalidArguments } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { answersFrom } from '../read-answers.ts'
import { oneOf, referenceOf } from '../values.ts'

/** Which database is meant, by the options of every command about one. */
export const SOURCE_OPTIONS = {
  target: { type: 'string' },
  'connection-string': { type: 'string' },
  provider: { type: 'string' },
  /** The archive or folder of the service, whose drivers count. */
  service: { type: 'string' },
} as const

interface SourceValues {
  readonly target?: string | undefined
  readonly 'connection-string'?: string | undefined
  readonly provider?: string | undefined
  readonly service?: string | undefined
}

/** A database that was named in one of three ways, and the answers or the installation where those named it. */
export interface NamedSource {
  readonly database: DatabaseTarget
  readonly answers?: Answers
  readonly installation?: Installation
}

/**
 * The database that answers, an installation or a connection string name.
 * @throws SetupError `arguments.invalid` unless exactly one is named; what reading it throws
 */
export async function sourceOf(
  file: string | undefined,
  values: SourceValues,
  context: CommandContext,
): Promise<NamedSource> {
  const named = [file, values.target, values['connection-string']].filter((each) => each !== undefined)
  if (named.length !== 1)
    throw invalidArguments(
      'Name one: an answer file, the folder of an installation (--target) or --connection-string.',
    )
  if (file !== undefined) return ofAnswers(file, context)
  if (values.target !== undefined) return ofInstallation(values.target, context)
  return { database: await typedConnection(values, context) }
}

/** The connection string of `--connection-string REF`, and what is said of it. @throws SetupError `secret.*` */
export async function connectionOptions(values: SourceValues, { machine, session }: CommandContext) {
  const reference = referenceOf('--connection-string', values['connection-string'] ?? '')
  const provider = oneOf('--provider', providers, values.provider)
  const text = await session.references.open(reference, '--connection-string', hiddenParts)
  const { service } = values
  const drivers =
    service === undefined ? undefined : (await describeSource(machine, resolve(service))).drivers
  return { text, ...(provider ? { provider } : {}), ...(drivers ? { drivers } : {}) }
}

async function typedConnection(values: SourceValues, context: CommandContext): Promise<DatabaseTarget> {
  const { text, provider, ...about } = await connectionOptions(values, context)
  return { provider: provider ?? guessed(text), connectionString: text, ...about }
}

async function ofAnswers(file: string, context: CommandContext): Promise<NamedSource> {
  const { machine, session } = context
  const read = await answersFrom(file, context)
  if ('problems' in read) throw new SetupError(read.problems[0]!)
  const { answers } = read
  if (answers.scenario !== 'new-installation') return ofInstallation(answers.installation.target, context)
  const practice =
    answers.practice === true
      ? (await startPractice(machine, session.stateFolder, session.redactor)).facts
      : undefined
  const source = answers.service.source ?? practice?.archive
  const drivers = source === undefined ? undefined : (await describeSource(machine, source)).drivers
  const database = await databaseOf(answers, {
    machine,
    ...(drivers ? { drivers } : {}),
    references: session.references,
    hide: (...secrets) => session.redactor.register(...secrets),
    ...(practice ? { practice: practice.connectionString } : {}),
  })
  return { database, answers }
}

async function ofInstallation(folder: string, { machine, session }: CommandContext): Promise<NamedSource> {
  const installation = await installationIn(machine, session.stateFolder, resolve(folder))
  const database = await databaseOfService(
    session.machineOf(installation),
    filesOf(installation),
    (...secrets) => session.redactor.register(...secrets),
  )
  return { database, installation }
}

function guessed(text: Secret) {
  const { provider } = parseConnectionString(text)
  if (provider === 'PostgreSQL' || provider === 'MsSqlServer') return provider
  throw new SetupError({
    code: 'database.unknown-provider',
    what:
      provider === 'Oracle'
        ? 'This is a connection string for Oracle, which the Identity Service cannot use.'
        : 'It cannot be told whether this is for PostgreSQL or SQL Server.',
    next:
      provider === 'Oracle'
        ? 'Name a PostgreSQL or SQL Server database.'
        : 'Add --provider PostgreSQL or --provider MsSqlServer.',
    untouched: 'Nothing was changed.',
  })
}
