import { SetupError, type Problem } from '../contract/problem.ts'
import { createDatabase, dropDatabase, lookAtNewDatabase, statementsFor } from '../database/create.ts'
import type { NewDatabase } from '../database/new-database.ts'
import type { DatabaseTarget } from '../database/target.ts'
import type { LayerResult } from '../database/connection-test/layers.ts'
import { testConnection } from '../database/connection-test/test-connection.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import type { Found, Step } from '../setup/step.ts'
import { CREATE_DATABASE, madeOf, sameServer, type MadePart } from './made-database.ts'

export interface NewDatabaseInput {
  readonly wanted: NewDatabase
  readonly password: Secret
  /** The new database by the new login. */
  readonly target: DatabaseTarget
  /** Whoever may make databases and logins. In no record and no journal. */
  readonly administrator: DatabaseTarget
  /** The folder of the service, and where the journals stand: they tell what is this program's own. */
  readonly folder: string
  readonly stateFolder: string
}

/** A database for the service alone, and a login with just the rights that it needs there. */
export const createDatabaseStep: Step<NewDatabaseInput, MadePart> = {
  kind: CREATE_DATABASE,

  async inspect(input, { machine }) {
    const { wanted, administrator, stateFolder, folder } = input
    const made = await madeOf(machine, stateFolder, folder, wanted)
    if (made.database && made.login && (await failedLayer(machine, input.target)) === undefined)
      return {
        state: 'as-wanted',
        evidence: [`The database ${wanted.database} is there, and ${wanted.user} may make tables in it.`],
      }
    try {
      const look = await lookAtNewDatabase(machine, administrator, wanted)
      const foreign = [
        ...(look.database === 'present' && !made.database
          ? [`A database ${wanted.database} is there, and this setup did not make it.`]
          : []),
        ...(look.login === 'present' && !made.login
          ? [`A login ${wanted.user} is there, and this setup did not make it.`]
          : []),
      ]
      if (foreign.length > 0) return { state: 'foreign', evidence: foreign }
      return found(wanted, look.database === 'present', look.login === 'present', look.problems)
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      const { what, cause } = error.problem
      const evidence = ['The server could not be looked at.', what, ...(cause === undefined ? [] : [cause])]
      return { state: 'absent', evidence }
    }
  },

  preview: ({ wanted }) => ({
    detail: wanted.database,
    sql: statementsFor(wanted),
    notes: [
      `The login ${wanted.user} gets rights in this database, and nowhere else.`,
      'The administrator’s password is used for this and kept nowhere.',
    ],
  }),

  async apply(input, { machine, willUndo }) {
    const { wanted, password, administrator, folder, stateFolder } = input
    const { problems } = await lookAtNewDatabase(machine, administrator, wanted)
    if (problems[0]) throw new SetupError(problems[0])
    const earlier = await madeOf(machine, stateFolder, folder, wanted)
    let ownLogin = earlier.login
    await createDatabase(machine, administrator, { ...wanted, password, earlier }, (part) => {
      if (part === 'login') ownLogin = true
      return willUndo({ part, wanted, folder, ownLogin })
    })
    return `The database ${wanted.database} and the login ${wanted.user} are made.`
  },

  async verify({ target, wanted }, { machine }) {
    const failed = await failedLayer(machine, target)
    if (failed) throw unusable(wanted, failed)
    return `${wanted.user} logs in to ${wanted.database} and may make tables there`
  },

  async undo({ part, wanted, ownLogin }, { machine }, input) {
    const known = input && sameServer(input.wanted, wanted) ? input.administrator : undefined
    if (!known) throw needsAdministrator(part, wanted)
    const made = { database: part === 'database', login: part === 'login' || ownLogin }
    await dropDatabase(machine, known, wanted, made)
    return `${nameOf(part, wanted)} is dropped.`
  },
}

function found(wanted: NewDatabase, database: boolean, login: boolean, problems: readonly Problem[]): Found {
  const troubles = problems.map(({ what }) => what)
  if (!database && !login)
    return { state: 'absent', evidence: [`There is no database ${wanted.database} yet.`, ...troubles] }
  const there = [...(login ? ['login'] : []), ...(database ? ['database'] : [])].join(' and ')
  return {
    state: 'differs',
    evidence: [`An earlier setup into this folder has made the ${there}; it is gone on with.`, ...troubles],
  }
}

async function failedLayer(machine: Machine, target: DatabaseTarget): Promise<LayerResult | undefined> {
  const layers = await testConnection(machine, target)
  return layers.find(({ state }) => state === 'failed' || state === 'not-tried')
}

function unusable({ database, user }: NewDatabase, failed: LayerResult): SetupError {
  return new SetupError({
    code: 'database.new-unusable',
    what: `The new login ${user} cannot use the new database ${database}: ${failed.summary}.`,
    ...(failed.cause === undefined ? {} : { cause: failed.cause }),
    next: failed.remedy?.text ?? 'Show the driver’s words to the administrator of the database.',
    ...(failed.driverMessage === undefined ? {} : { details: [failed.driverMessage] }),
  })
}

function nameOf(part: MadePart['part'], { database, user }: NewDatabase): string {
  return part === 'database' ? `The database ${database}` : `The login ${user}`
}

/** Nothing but the journal is left, and it holds no password. */
function needsAdministrator(part: MadePart['part'], wanted: NewDatabase): SetupError {
  return new SetupError({
    code: 'database.undo-needs-administrator',
    what: `${nameOf(part, wanted)} stays: only an administrator of the database server may drop it.`,
    cause: 'The administrator’s password is kept nowhere, so it went with the program that knew it.',
    next: 'Let the administrator run the SQL, or start the setup with the same answers and take it back then.',
    untouched: 'It was left as it is.',
    details: [dropStatement(part, wanted)],
  })
}

function dropStatement(part: MadePart['part'], { provider, database, user }: NewDatabase): string {
  const postgres = provider === 'PostgreSQL'
  const name = part === 'database' ? database : user
  const quoted = postgres ? `"${name.replaceAll('"', '""')}"` : `[${name.replaceAll(']', ']]')}]`
  const what = part === 'database' ? 'DATABASE' : postgres ? 'ROLE' : 'LOGIN'
  return `DROP ${what} ${quoted};`
}
