import type { ScriptedStatement, StatementCall } from '../../doubles/sql-server/script.ts'
import type { StatementAnswer } from '../../doubles/sql-server/tokens.ts'
import type { SqlValue } from '../../doubles/sql-server/values.ts'

type Row = Readonly<Record<string, SqlValue>>

/** The tables that the service has made, and what it has written into them. */
export interface ServiceDatabase {
  readonly tables: string[]
  readonly rows: Record<string, Row[]>
}

type Script = ScriptedStatement<ServiceDatabase>

export function emptyDatabase(): ServiceDatabase {
  return { tables: [], rows: {} }
}

/**
 * What the double of the service sends to SQL Server (as Entity Framework writes it), and what a database would answer.
 * **Scripted**: each shape of statement has its answer here; nothing else is understood.
 */
export const SERVICE_STATEMENTS: readonly Script[] = [
  { name: 'exists', sql: /^SELECT 1$/, answer: () => ({ rows: [{ one: 1 }] }) },
  {
    name: 'tables',
    sql: /OBJECT_ID\('(\w+)'\) IS NULL/,
    answer: ({ match, state }) => ({ rows: [{ Value: state.tables.includes(match[1]!) }] }),
  },
  {
    name: 'create table',
    sql: /^\s*CREATE TABLE "(\w+)"/,
    answer: ({ match, state }) => {
      state.tables.push(match[1]!)
      return { affected: 0 }
    },
  },
  {
    name: 'create index',
    sql: /^\s*CREATE (?:UNIQUE )?INDEX "\w+" ON "\w+"/,
    answer: () => ({ affected: 0 }),
  },
  {
    name: 'any $1',
    sql: /WHEN EXISTS \(\s*SELECT 1\s*FROM \[(\w+)\] AS \[\w\](?:\s*WHERE \[\w\]\.\[(\w+)\] = @(\w+))?\) THEN/,
    answer: ({ match: [, table, column, parameter], state, parameters }) => ({
      rows: [
        {
          any: rowsOf(state, table!).some((row) => !column || row[column] === parameters[parameter!]),
        },
      ],
    }),
  },
  {
    name: 'insert $1',
    sql: /INSERT INTO \[(\w+)\] \(([^)]+)\)\s*OUTPUT INSERTED\.\[Id\]\s*VALUES \(([^)]+)\)/,
    answer: insert,
  },
  {
    name: 'read what belongs to a client',
    sql: /FROM \[Clients\][^]*\) AS \[(?<client>\w+)\]\s*INNER JOIN \[(?<table>\w+)\] AS \[(?<child>\w+)\]/,
    answer: (call) => read(call, childrenOfClients(call)),
  },
  {
    name: 'read client',
    sql: /^SELECT TOP\(2\)[^]*FROM \[Clients\] AS \[(\w+)\]\s*WHERE \[\w\]\.\[ClientId\] = @id AND \[\w\]\.\[Enabled\] = CAST\(1 AS bit\)\s*ORDER BY/,
    answer: (call) =>
      read(
        call,
        clientsNamed(call).map((client) => ({ [call.match[1]!]: client })),
      ),
  },
  {
    name: 'read identity resources',
    sql: /FROM \[IdentityResources\] AS \[(\w+)\]\s*LEFT JOIN \[IdentityResourceClaims\] AS \[(\w+)\]/,
    answer: (call) => read(call, identityResources(call)),
  },
  {
    name: 'read scopes',
    sql: /FROM \[ApiScopes\] AS \[(\w+)\]/,
    answer: (call) => {
      const names = Object.values(call.parameters)
      const scopes = rowsOf(call.state, 'ApiScopes').filter(
        ({ Name }) => names.length === 0 || names.includes(Name!),
      )
      return read(
        call,
        scopes.map((scope) => ({ [call.match[1]!]: scope })),
      )
    },
  },
  {
    name: 'read audiences',
    sql: /FROM \[ApiResources\] AS \[(\w+)\][^]*FROM \[ApiResourceScopes\]/,
    answer: (call) =>
      read(
        call,
        rowsOf(call.state, 'ApiResources').map((row) => ({ [call.match[1]!]: row })),
      ),
  },
]

/** A joined row: by the statement's names of its tables. */
type Joined = Readonly<Record<string, Row>>

/** The columns that the statement names, in its order. */
function read({ match }: StatementCall<ServiceDatabase>, joined: readonly Joined[]): StatementAnswer {
  const list = match.input.slice(0, match.input.indexOf('\nFROM'))
  const wanted = [...list.matchAll(/\[(\w+)\]\.\[(\w+)\]/g)].map(([, table, column]) => ({ table, column }))
  // The same column may be named twice, so they are numbered; the client reads by position.
  const rows = joined.map((row) =>
    Object.fromEntries(
      wanted.map(({ table, column }, at) => [`column ${at}`, row[table!]?.[column!] ?? null] as const),
    ),
  )
  if (rows.length > 0) return { rows }
  return { rows, columns: wanted.map((_, at) => ({ name: `column ${at}`, type: 'nvarchar' })) }
}

function insert({ match, state, parameters }: StatementCall<ServiceDatabase>): StatementAnswer {
  const [, table, columns, values] = match
  const names = columns!.split(', ').map((name) => name.slice(1, -1))
  const given = values!.split(', ').map((name) => parameters[name.slice(1)] ?? null)
  const Id = rowsOf(state, table!).length + 1
  const row = { Id, ...Object.fromEntries(names.map((name, at) => [name, given[at]!])) }
  state.rows[table!] = [...rowsOf(state, table!), row]
  return { rows: [{ Id }] }
}

function clientsNamed({ state, parameters }: StatementCall<ServiceDatabase>): readonly Row[] {
  return rowsOf(state, 'Clients').filter(({ ClientId }) => ClientId === parameters['id'])
}

function childrenOfClients(call: StatementCall<ServiceDatabase>): readonly Joined[] {
  const { client, table, child } = call.match.groups!
  return clientsNamed(call).flatMap((parent) =>
    rowsOf(call.state, table!)
      .filter(({ ClientId }) => ClientId === parent['Id'])
      .map((row) => ({ [client!]: parent, [child!]: row })),
  )
}

function identityResources({ match, state }: StatementCall<ServiceDatabase>): readonly Joined[] {
  return rowsOf(state, 'IdentityResources').flatMap((resource) =>
    rowsOf(state, 'IdentityResourceClaims')
      .filter(({ IdentityResourceId }) => IdentityResourceId === resource['Id'])
      .map((claim) => ({ [match[1]!]: resource, [match[2]!]: claim })),
  )
}

function rowsOf(state: ServiceDatabase, table: string): readonly Row[] {
  return state.rows[table] ?? []
}
