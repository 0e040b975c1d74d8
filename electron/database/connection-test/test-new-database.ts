import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { lookAtNewDatabase } from '../create.ts'
import type { Made, NewDatabase, NewDatabaseLook } from '../new-database.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding, LayerResult } from './layers.ts'
import { testConnection, type ConnectionTestOptions } from './test-connection.ts'

export interface NewDatabaseTest extends Omit<ConnectionTestOptions, 'instead' | 'identity'> {
  /** What earlier setups have made; everything else that is there is somebody else's. */
  readonly made?: Made
}

const NOTHING: Made = { login: false, database: false }

/**
 * Tests the way to a database that is still to be made, as its administrator: the server layer by layer, then whether
 * login and database can be made. Changes nothing, always comes to an end.
 * @param admin of the server, with the maintenance database
 * @throws SetupError `database.connection-string`
 */
export function testNewDatabase(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: NewDatabase,
  { made = NOTHING, ...options }: NewDatabaseTest = {},
): Promise<readonly LayerResult[]> {
  let looking: Promise<NewDatabaseLook> | undefined
  const look = (): Promise<NewDatabaseLook> => (looking ??= lookAtNewDatabase(machine, admin, wanted))
  return testConnection(machine, admin, {
    ...options,
    instead: {
      rights: async () => rightsFinding(await look(), wanted, made),
      schema: async () => ({
        state: 'passed',
        summary: `The service makes its tables in ${wanted.database} at its first start`,
      }),
    },
  })
}

function rightsFinding(look: NewDatabaseLook, { database, user }: NewDatabase, made: Made): Finding {
  const { problems, notes } = look
  if (look.database === 'present' && !made.database) return inTheWay('database', database)
  if (look.login === 'present' && !made.login) return inTheWay('login', user)
  const [problem] = problems
  if (problem) return findingOf(problem)
  return {
    state: 'passed',
    summary: `The database ${database} and the login ${user} can be made`,
    facts: notes.map((value) => ({ label: 'Note', value })),
  }
}

function inTheWay(what: 'database' | 'login', name: string): Finding {
  return {
    state: 'failed',
    summary: `A ${what} ${name} is there already, and this setup did not make it`,
    remedy: {
      text:
        what === 'database'
          ? 'Name another one, or use this one as it is: then give its login and password.'
          : 'Name another login: its password would be changed for whoever uses it.',
    },
  }
}

function findingOf({ what, cause, next, details }: Problem): Finding {
  const [driverMessage] = details ?? []
  return {
    state: 'failed',
    summary: what.replace(/\.$/, ''),
    ...(driverMessage === undefined ? {} : { driverMessage }),
    ...(cause === undefined ? {} : { cause }),
    remedy: { text: next },
  }
}
