import type { ConnectionPool, Transaction } from 'mssql'
import { SetupError } from '../../contract/problem.ts'

/** A table with rows of a client, and the columns that hold its `Clients.Id`. */
export interface Child {
  readonly table: string
  readonly columns: readonly string[]
}

/** The row of the client itself. */
export const HEAD: Child = { table: 'Clients', columns: ['Id'] }

const CLIENTS = `object_id(quotename(schema_name()) + N'.[Clients]')`

const CHILDREN = `
  select t.name as [table], c.name as [column]
  from sys.foreign_key_columns f
  join sys.tables t on t.object_id = f.parent_object_id
  join sys.columns c on c.object_id = f.parent_object_id and c.column_id = f.parent_column_id
  join sys.columns r on r.object_id = f.referenced_object_id and r.column_id = f.referenced_column_id
  where f.referenced_object_id = ${CLIENTS} and r.name = N'Id' and t.schema_id = schema_id()
  order by t.name, c.name`

// Rows that the server would remove or change along with those: in another schema, or of a child of a child.
const BEYOND = `
  with child as (
    select f.constraint_object_id as [key], f.parent_object_id as [table]
    from sys.foreign_key_columns f
    join sys.tables t on t.object_id = f.parent_object_id
    join sys.columns r on r.object_id = f.referenced_object_id and r.column_id = f.referenced_column_id
    where f.referenced_object_id = ${CLIENTS} and r.name = N'Id' and t.schema_id = schema_id()
  )
  select distinct schema_name(t.schema_id) + N'.' + t.name as [table]
  from sys.foreign_keys k join sys.tables t on t.object_id = k.parent_object_id
  where k.delete_referential_action <> 0 and k.object_id not in (select [key] from child)
    and (k.referenced_object_id = ${CLIENTS} or k.referenced_object_id in (select [table] from child))`

/**
 * The tables whose rows refer to `Clients`, in order. Where others would lose rows along with them, which this program
 * does not keep, nothing is to be removed; what only refers, the server itself does not let go.
 * @throws SetupError `database.rows-beyond`
 */
export async function childrenOf(on: ConnectionPool | Transaction): Promise<readonly Child[]> {
  const beyond = (await on.request().query<{ table: string }>(BEYOND)).recordset.map(({ table }) => table)
  if (beyond.length > 0) throw rowsBeyond(beyond)
  const children = new Map<string, string[]>()
  for (const { table, column } of (await on.request().query<{ table: string; column: string }>(CHILDREN))
    .recordset)
    children.set(table, [...(children.get(table) ?? []), column])
  return [...children].map(([table, columns]) => ({ table, columns }))
}

function rowsBeyond(tables: readonly string[]): SetupError {
  return new SetupError({
    code: 'database.rows-beyond',
    what: `With the rows of a client the server would also remove or change rows of ${tables.join(', ')}, which this program cannot keep.`,
    cause: 'A foreign key that is not of the service’s own tables has ON DELETE CASCADE or SET NULL.',
    next: 'Let the people who look after the database say what these tables are for; change the client by hand, as the manual says.',
    untouched: 'Nothing was changed.',
  })
}
