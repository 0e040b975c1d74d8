import type { SqlValue } from '../values.ts'
import { identityTables, type ScriptedRow, type ScriptedTable } from './schema.ts'

/** Everything that the scripts answer from, and change. */
export interface IdentityState {
  tables: Record<string, ScriptedTable>
  migrations: { id: string; productVersion: string }[]
  /** What the layer "server" reads. */
  server: Record<string, SqlValue>
  standing: Record<string, SqlValue>
  /** What the login has on each table. */
  tableRights: Record<string, 0 | 1>
  /** The table that takes explicit keys now. */
  identityInsert?: string
  databases: string[]
  /** User and password; undefined: everybody may log in. */
  logins?: Record<string, string>
  administrator: { may_create_database: boolean; may_create_login: boolean; windows_logins_only: boolean }
  /** Tables from which the server would remove rows along with those of a client, and which the service does not know. */
  beyond: string[]
  /** Tables of others in a database that was made, and logins of others that are in it. */
  strangers: string[]
  sessions: string[]
}

const SERVER_2022: IdentityState['server'] = {
  version: '16.0.4175.1',
  engine_edition: 2,
  edition: 'Standard Edition (64-bit)',
  server_collation: 'SQL_Latin1_General_CP1_CI_AS',
  database_collation: 'Cyrillic_General_CI_AS',
  status: 'ONLINE',
  updateability: 'READ_WRITE',
  user_access: 'MULTI_USER',
  compatibility: 160,
  in_group: false,
  most_connections: 0,
  connections: 42,
}

/** A SQL Server 2022 whose login may do what the service needs, with no tables of the service in its database. */
export function emptyState(): IdentityState {
  return {
    tables: {},
    migrations: [],
    server: { ...SERVER_2022 },
    standing: { me: 'identity', schema: 'dbo', owner: 'dbo', may_create: 1, may_alter: 1 },
    tableRights: { SELECT: 1, INSERT: 1, UPDATE: 1, DELETE: 1, ALTER: 1 },
    databases: ['master', 'creatio'],
    administrator: { may_create_database: true, may_create_login: true, windows_logins_only: false },
    beyond: [],
    strangers: [],
    sessions: [],
  }
}

/** The same with all tables of the service. */
export function installedState(): IdentityState {
  return { ...emptyState(), tables: identityTables() }
}

/** Adds a row; columns that are not given get a value that fits. */
export function addRow(state: IdentityState, table: string, given: ScriptedRow): void {
  const { columns, rows } = state.tables[table]!
  const empty = { int: 0, bit: false, nvarchar: '', datetime2: '2024-05-06T07:08:09.1234567' }
  const id = Math.max(0, ...rows.map((row) => Number(row['Id']))) + 1
  const values = columns.map(({ name, type, nullable, identity }) => [
    name,
    given[name] ?? (identity ? id : nullable ? null : empty[type]),
  ])
  rows.push(Object.fromEntries(values))
}
