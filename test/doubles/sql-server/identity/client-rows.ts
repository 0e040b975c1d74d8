import { SqlRefusal, type ScriptedStatement } from '../script.ts'
import type { SqlValue } from '../values.ts'
import type { ScriptedRow, ScriptedTable } from './schema.ts'
import type { IdentityState } from './state.ts'

const LOCKED = String.raw`(?: with \(updlock, holdlock\))?`

/** Scripted: how a client's rows are read with all their columns, removed and put back. */
export const clientRows: readonly ScriptedStatement<IdentityState>[] = [
  {
    // Rows in tables that the service does not know, which would go along.
    name: 'foreign-keys-beyond',
    sql: /k\.delete_referential_action <> 0/,
    answer: ({ state }) => ({ rows: state.beyond.map((table) => ({ table })) }),
  },
  {
    name: 'foreign-keys',
    sql: /from sys\.foreign_key_columns f/,
    answer: ({ state }) => ({
      rows: Object.entries(state.tables)
        .filter(([, { client }]) => client !== undefined)
        .map(([table, { client = '' }]) => ({ table, column: client }))
        .sort((one, other) => (one.table < other.table ? -1 : 1)),
    }),
  },
  {
    name: 'columns',
    sql: /from sys\.columns c join sys\.types y/,
    answer: ({ state, parameters }) => ({
      rows: (state.tables[String(parameters['table'])]?.columns ?? []).map(({ name, type, identity }) => ({
        name,
        type,
        scale: type === 'datetime2' ? 7 : 0,
        precision: 0,
        is_identity: identity,
      })),
    }),
  },
  {
    name: 'key',
    sql: new RegExp(
      String.raw`^select \[Id\] as \[key\], \[ClientId\] as clientId from \[Clients\]${LOCKED} where \[ClientId\] = @id$`,
    ),
    answer: ({ state, parameters }) => ({
      rows: tableOf(state, 'Clients')
        .rows.filter(
          (row) => String(row['ClientId']).toLowerCase() === String(parameters['id']).toLowerCase(),
        )
        .map((row) => ({ key: row['Id']!, clientId: row['ClientId']! })),
    }),
  },
  {
    name: 'rows $1',
    sql: new RegExp(String.raw`^select .+ from \[(\w+)\]${LOCKED} where \[(\w+)\] = @key`),
    answer: ({ state, match, parameters }) => {
      const { rows, columns } = tableOf(state, match[1]!)
      // Times are asked for as text, which is how the state holds them.
      const types = columns.map(
        ({ name, type }) => ({ name, type: type === 'datetime2' ? 'nvarchar' : type }) as const,
      )
      return { rows: rows.filter((row) => row[match[2]!] === parameters['key']), columns: types }
    },
  },
  {
    name: 'delete $1',
    sql: /^delete from \[(\w+)\] where \[(\w+)\] = @key$/,
    answer: ({ state, match, parameters }) => {
      const table = tableOf(state, match[1]!)
      const kept = table.rows.filter((row) => row[match[2]!] !== parameters['key'])
      // Stricter than the stock schema, which removes children along: children first.
      if (match[1] === 'Clients' && childrenOf(state, parameters['key']).length > 0)
        throw new SqlRefusal({
          number: 547,
          text: 'The DELETE statement conflicted with the REFERENCE constraint.',
        })
      const affected = table.rows.length - kept.length
      table.rows = kept
      return { affected }
    },
  },
  {
    name: 'may-read $1',
    sql: /^select has_perms_by_name\(quotename\(schema_name\(\)\) \+ N'\.' \+ quotename\(@table\), 'OBJECT', 'SELECT'\) as yes$/,
    answer: ({ state, parameters }) => ({
      rows: [{ yes: state.tables[String(parameters['table'])] ? (state.tableRights['SELECT'] ?? 0) : null }],
    }),
  },
  {
    name: 'count $1',
    sql: /^select count\(\*\) as count from \[(\w+)\] where \[ClientId\] = @id$/,
    answer: ({ state, match, parameters }) => ({
      rows: [
        {
          count: tableOf(state, match[1]!).rows.filter((row) => row['ClientId'] === parameters['id']).length,
        },
      ],
    }),
  },
  {
    name: 'count-owned',
    sql: /^select count\(\*\) as count from \[Clients\] c where c\.\[ClientId\] <> @id and exists \(select 1 from \[ClientProperties\] p where p\.\[ClientId\] = c\.\[Id\] and p\.\[Value\] = @id\)$/,
    answer: ({ state, parameters }) => {
      const owned = tableOf(state, 'Clients').rows.filter(
        ({ Id, ClientId }) =>
          ClientId !== parameters['id'] &&
          tableOf(state, 'ClientProperties').rows.some(
            (row) => row['ClientId'] === Id && row['Value'] === parameters['id'],
          ),
      )
      return { rows: [{ count: owned.length }] }
    },
  },
  {
    name: 'identity-insert $1',
    sql: /^set identity_insert \[(\w+)\] (on|off)$/,
    answer: ({ state, match }) => {
      if (match[2] === 'off') delete state.identityInsert
      else if (state.identityInsert !== undefined)
        throw new SqlRefusal({ number: 8107, text: 'IDENTITY_INSERT is already ON for another table.' })
      else state.identityInsert = match[1]!
      return { affected: 0 }
    },
  },
  {
    name: 'insert $1',
    sql: /^insert into \[(\w+)\] \((.+?)\) values \((.+)\)$/,
    answer: ({ state, match, parameters }) => {
      const [, name = '', names = '', values = ''] = match
      insert(state, name, rowFrom(tableOf(state, name), names, values, parameters))
      return { affected: 1 }
    },
  },
]

function tableOf(state: IdentityState, name: string): ScriptedTable {
  const table = state.tables[name]
  if (!table) throw new SqlRefusal({ number: 208, text: `Invalid object name '${name}'.` })
  return table
}

function childrenOf(state: IdentityState, key: SqlValue | undefined): readonly ScriptedRow[] {
  return Object.values(state.tables).flatMap(({ client, rows }) =>
    client === undefined ? [] : rows.filter((row) => row[client] === key),
  )
}

/** Each value is `null`, a parameter, or a parameter in a CONVERT. */
function rowFrom(
  { columns }: ScriptedTable,
  names: string,
  values: string,
  parameters: Readonly<Record<string, SqlValue>>,
): ScriptedRow {
  const given = [...values.matchAll(/null|@(p\d+)/g)].map(([, parameter]) =>
    parameter === undefined ? null : (parameters[parameter] as ScriptedRow[string]),
  )
  const row: ScriptedRow = {}
  for (const [at, [, name = '']] of [...names.matchAll(/\[(\w+)\]/g)].entries()) {
    const column = columns.find((one) => one.name === name)
    if (!column) throw new SqlRefusal({ number: 207, text: `Invalid column name '${name}'.` })
    if (given[at] === null && !column.nullable)
      throw new SqlRefusal({ number: 515, text: `Cannot insert the value NULL into column '${name}'.` })
    row[name] = given[at] ?? null
  }
  return row
}

function insert(state: IdentityState, name: string, row: ScriptedRow): void {
  const table = tableOf(state, name)
  if (state.identityInsert !== name)
    throw new SqlRefusal({ number: 544, text: 'Cannot insert explicit value for identity column.' })
  if (table.rows.some((one) => one['Id'] === row['Id']))
    throw new SqlRefusal({ number: 2627, text: 'Violation of PRIMARY KEY constraint.' })
  if (name === 'Clients' && table.rows.some((one) => one['ClientId'] === row['ClientId']))
    throw new SqlRefusal({ number: 2601, text: 'Cannot insert duplicate key row.' })
  if (table.client && !tableOf(state, 'Clients').rows.some(({ Id }) => Id === row[table.client!]))
    throw new SqlRefusal({
      number: 547,
      text: 'The INSERT statement conflicted with the FOREIGN KEY constraint.',
    })
  table.rows.push(row)
}
