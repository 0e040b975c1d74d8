import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { lookAtNewDatabase, type NewDatabase, type NewDatabaseLook } from '../create.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding, LayerResult } from './layers.ts'
import { testConnection, type ConnectionTestOptions } from './test-connection.ts'

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
  options: Omit<ConnectionTestOptions, 'instead' | 'identity'> = {},
): Promise<readonly LayerResult[]> {
  let looking: Promise<NewDatabaseLook> | undefined
  const look = (): Promise<NewDatabaseLook> => (looking ??= lookAtNewDatabase(machine, admin, wanted))
  return testConnection(machine, admin, {
    ...options,
    instead: {
      rights: async () => rightsFinding(await look(), wanted),
      schema: async () => ({
        state: 'passed',
        summary: `The service makes its tables in ${wanted.database} at its first start`,
      }),
    },
  })
}

function rightsFinding({ problems, notes }: NewDatabaseLook, { database, user }: NewDatabase): Finding {
  const [problem] = problems
  if (problem) return findingOf(problem)
  return {
    state: 'passed',
    summary: `The database ${database} and the login ${user} can be made`,
    facts: notes.map((value) => ({ label: 'Note', value })),
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
