import type { DatabaseLayer } from '../../contract/check.ts'
import { SetupError } from '../../contract/problem.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { testConnection } from '../../database/test/test-connection.ts'
import { Secret } from '../../secrets/secret.ts'
import { connectionView } from './connection-view.ts'
import { lenient } from './draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The Database page: a typed connection string in parts, and the test layer by layer. */
export function databaseHandlers(state: WizardState): Pick<Handlers, 'database.parse' | 'database.test'> {
  const { machine, session } = state
  return {
    'database.parse': async ({ connectionString }) => {
      const text = new Secret(connectionString)
      const { provider } = parseConnectionString(text)
      if (provider === 'PostgreSQL' || provider === 'MsSqlServer')
        return connectionView(state, 'database', text, provider)
      throw new SetupError({
        code: provider === 'Oracle' ? 'database.oracle' : 'database.unknown-provider',
        what:
          provider === 'Oracle'
            ? 'This is a connection string for Oracle, which the Identity Service cannot use.'
            : 'It cannot be told whether this is for PostgreSQL or SQL Server.',
        where: { path: 'database.connectionString' },
        next:
          provider === 'Oracle'
            ? 'Create a PostgreSQL or SQL Server database for the Identity Service and enter it here.'
            : 'Enter the parts in their fields.',
      })
    },

    'database.test': ({ operation, draft }) =>
      state.operation(operation, async (signal): Promise<readonly DatabaseLayer[]> => {
        const answers = lenient(draft, machine.platform)
        requireDatabase(draft['database'], answers.database)
        const target = await state.databaseOf(answers)
        const layers = await testConnection(machine, target, {
          signal,
          onLayer: (layer) => state.emit({ topic: 'database-layer', operation, layer }),
        })
        return session.redactor.redactData(layers)
      }),
  }
}

/** The lenient answers must not have put the example's database in place of a half-typed one. */
function requireDatabase(draft: unknown, used: unknown): void {
  if (JSON.stringify(draft) === JSON.stringify(used)) return
  throw new SetupError({
    code: 'database.incomplete',
    what: 'The database is not fully described yet.',
    where: { path: 'database' },
    next: 'Fill in server, database, user and password.',
  })
}
