import type { ScriptedStatement } from '../script.ts'
import { SqlRefusal } from '../script.ts'
import type { SqlValue } from '../values.ts'
import type { ScriptedColumn, ScriptedRow } from './schema.ts'
import type { IdentityState } from './state.ts'

const ABOUT_THE_DATABASE = [
  'edition',
  'server_collation',
  'database_collation',
  'status',
  'updateability',
  'user_access',
  'compatibility',
  'in_group',
]

type Statements = readonly ScriptedStatement<IdentityState>[]

/** Scripted: what the connection test asks. */
export const testing: Statements = [
  {
    name: 'who',
    sql: /^select suser_sname\(\) as me, db_name\(\) as here$/,
    answer: ({ login }) => ({ rows: [{ me: login.user, here: login.database }] }),
  },
  {
    name: 'engine',
    sql: /^\s*select cast\(serverproperty\('ProductVersion'\).+\s+.+serverproperty\('EngineEdition'\) as int\) as engine_edition$/,
    answer: ({ state }) => ({ rows: [columnsOf(state, ['version', 'engine_edition'])] }),
  },
  {
    name: 'server',
    sql: /^\s*select cast\(serverproperty\('Edition'\)/,
    answer: ({ state }) => {
      // Availability groups came with SQL Server 2012.
      if (Number.parseInt(String(state.server['version']), 10) < 11)
        throw new SqlRefusal({ number: 207, text: "Invalid column name 'replica_id'." })
      return { rows: [columnsOf(state, ABOUT_THE_DATABASE)] }
    },
  },
  {
    name: 'connections',
    sql: /from sys\.configurations where name = 'user connections'/,
    answer: ({ state }) => {
      // A database of Azure shows nothing of the server.
      if (state.server['engine_edition'] === 5)
        throw new SqlRefusal({ number: 208, text: "Invalid object name 'sys.configurations'." })
      return { rows: [columnsOf(state, ['most_connections', 'connections'])] }
    },
  },
  {
    name: 'standing',
    sql: /^\s*select user_name\(\) as me, schema_name\(\) as \[schema\]/,
    answer: ({ state }) => ({ rows: [state.standing] }),
  },
  {
    name: 'create-table',
    sql: /^create table \[dbo\]\.\[(IdentityServiceSetup_[0-9a-f]{12})\] \(/,
    answer: ({ state, match }) => {
      state.tables[match[1]!] = { columns: [], rows: [] }
      return { affected: 0 }
    },
  },
  {
    name: 'alter-table',
    sql: /^alter table \[dbo\]\.\[(IdentityServiceSetup_[0-9a-f]{12})\] add /,
    answer: ({ state, match }) => {
      if (!state.tables[match[1]!]) throw new SqlRefusal({ number: 4902, text: 'Cannot find the object.' })
      return { affected: 0 }
    },
  },
  {
    name: 'table-rights',
    sql: /^\s*select t\.name, has_perms_by_name\(/,
    answer: ({ state }) => ({
      rows: Object.keys(state.tables).map((name) => ({ name, ...state.tableRights })),
    }),
  },
]

/** Scripted: what is read of the service's tables. */
export const reading: Statements = [
  {
    name: 'tables',
    sql: /^select name from sys\.tables where schema_id = schema_id\(\)$/,
    answer: ({ state }) => {
      const history = state.migrations.length > 0 ? ['__EFMigrationsHistory'] : []
      return { rows: [...Object.keys(state.tables), ...history].map((name) => ({ name })) }
    },
  },
  {
    name: 'may-read-clients',
    sql: /^select has_perms_by_name\(N'\[Clients\]', 'OBJECT', 'SELECT'\) as yes$/,
    answer: ({ state }) => ({ rows: [{ yes: state.tableRights['SELECT'] ?? 0 }] }),
  },
  {
    name: 'count-clients',
    sql: /^select count\(\*\) as count from \[Clients\]$/,
    answer: ({ state }) => ({ rows: [{ count: state.tables['Clients']!.rows.length }] }),
  },
  {
    name: 'migrations',
    sql: /^select \[MigrationId\] as id, \[ProductVersion\] as productVersion from \[__EFMigrationsHistory\]/,
    answer: ({ state }) => ({ rows: state.migrations }),
  },
  {
    name: 'clients',
    sql: /^\s*select (\[Id\] as \[key\].+)\s+from \[Clients\] where @id is null or \[ClientId\] = @id/,
    answer: ({ state, match, parameters }) => {
      const { columns, rows } = state.tables['Clients']!
      const found = rows.filter((row) => isMeant(row, parameters['id']))
      return { rows: found.map((row) => selected(row, columns, aliasesIn(match[1]!))) }
    },
  },
  {
    name: 'children $1',
    sql: /from \[(\w+)\] t join \[Clients\] c on c\.\[Id\] = t\.\[ClientId\]/,
    answer: ({ state, match, parameters }) => {
      const { columns, rows } = state.tables[match[1]!]!
      const clients = state.tables['Clients']!.rows.filter((row) => isMeant(row, parameters['id']))
      const found = rows.filter((row) => clients.some((client) => client['Id'] === row['ClientId']))
      return { rows: found.map((row) => selected(row, columns, aliasesIn(match.input))) }
    },
  },
]

function columnsOf({ server }: IdentityState, names: readonly string[]): Record<string, SqlValue> {
  return Object.fromEntries(names.map((name) => [name, server[name] ?? null]))
}

/** Names are compared as most collations do. */
function isMeant(client: ScriptedRow, id: SqlValue | undefined): boolean {
  return typeof id !== 'string' || String(client['ClientId']).toLowerCase() === id.toLowerCase()
}

function aliasesIn(sql: string): readonly (readonly [string, string])[] {
  return [...sql.matchAll(/\[(\w+)\] as \[?(\w+)\]?/g)].map(([, column = '', alias = '']) => [alias, column])
}

function selected(
  row: ScriptedRow,
  columns: readonly ScriptedColumn[],
  aliases: readonly (readonly [string, string])[],
): Record<string, SqlValue> {
  return Object.fromEntries(
    aliases.map(([alias, name]) => {
      const value = row[name] ?? null
      const time = columns.find((column) => column.name === name)?.type === 'datetime2'
      return [alias, time && value !== null ? new Date(`${String(value)}Z`) : value]
    }),
  )
}
