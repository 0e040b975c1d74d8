import type { DatabaseLayer } from '../../contract/check.ts'
import { SetupError, type Problem } from '../../contract/problem.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { unmasked } from '../../database/connection/mask.ts'
import { readContents } from '../../database/contents.ts'
import { testNewDatabase } from '../../database/connection-test/test-new-database.ts'
import { testConnection } from '../../database/connection-test/test-connection.ts'
import { Secret } from '../../secrets/secret.ts'
import { connectionView } from './connection-view.ts'
import {
  driversIn,
  grantsFor,
  identityIn,
  newDatabaseIn,
  secretIn,
  targetIn,
  wayIn,
} from './database-draft.ts'
import type { Draft } from './draft.ts'
import { handOver } from './saving.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type DatabaseCalls =
  | 'database.parse'
  | 'database.print'
  | 'database.test'
  | 'database.look'
  | 'database.grants'
  | 'database.save-grants'

/** The Database page: the connection string in parts, the test layer by layer, and what is there already. */
export function databaseHandlers(state: WizardState): Pick<Handlers, DatabaseCalls> {
  const { machine, session } = state
  const grants = (draft: Draft) => grantsFor(state, draft)
  return {
    'database.parse': async ({ connectionString, provider, basedOn, draft = {} }) => {
      const text = await typed(state, connectionString, basedOn)
      const { provider: guessed } = parseConnectionString(text, provider)
      if (guessed !== 'PostgreSQL' && guessed !== 'MsSqlServer')
        throw new SetupError(guessed === 'Oracle' ? ORACLE : UNKNOWN)
      const drivers = await driversIn(state, draft)
      return connectionView(state, text, { owner: 'database.typed', provider: guessed, drivers })
    },

    'database.print': async ({ draft }) => {
      const { provider, connectionString, drivers } = await targetIn(state, draft)
      // Of its own, so that what another way of the page holds stays what it was.
      const owner = `database.${wayIn(draft)}`
      return connectionView(state, connectionString, { owner, provider, drivers })
    },

    'database.test': ({ operation, draft }) =>
      state.operation(operation, async (signal): Promise<readonly DatabaseLayer[]> => {
        const options = {
          signal,
          onLayer: (layer: DatabaseLayer) => state.emit({ topic: 'database-layer', operation, layer }),
        }
        const made = await newDatabaseIn(state, draft)
        if (made)
          return session.redactor.redactData(
            await testNewDatabase(machine, made.administrator, made.wanted, options),
          )
        const target = await targetIn(state, draft)
        const identity = await identityIn(state, draft, target)
        const layers = await testConnection(machine, target, {
          ...options,
          ...(identity ? { identity } : {}),
        })
        return session.redactor.redactData(layers)
      }),

    'database.look': ({ operation, draft }) =>
      state.operation(operation, async (signal) => {
        const client = await secretIn(state, draft)
        const target = await targetIn(state, draft)
        const contents = await readContents(machine, target, { signal, ...(client ? { client } : {}) })
        return session.redactor.redactData(contents)
      }),

    'database.grants': ({ draft }) => grants(draft),

    'database.save-grants': async ({ draft }) => {
      const { name, text } = await grants(draft)
      return handOver(state, name, 'text', Buffer.from(text))
    },
  }
}

/** What was typed, with the secrets that the page does not have. */
async function typed({ session }: WizardState, text: string, basedOn: string | undefined): Promise<Secret> {
  if (basedOn === undefined) return new Secret(text)
  return unmasked(text, await session.references.open(basedOn, 'database.connectionString'))
}

const where = { path: 'database.connectionString' }
const ORACLE: Problem = {
  code: 'database.oracle',
  what: 'This is a connection string for Oracle, which the Identity Service cannot use.',
  where,
  next: 'Create a PostgreSQL or SQL Server database for the Identity Service and enter it here.',
}
const UNKNOWN: Problem = {
  code: 'database.unknown-provider',
  what: 'It cannot be told whether this is for PostgreSQL or SQL Server.',
  where,
  next: 'Choose the DBMS.',
}
