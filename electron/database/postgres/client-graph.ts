import type { Client } from 'pg'
import { quotedName } from './names.ts'

/** A table that holds rows of a client, and how they are found. */
export interface GraphTable {
  /** As it is kept in files: the name alone in the service's own schema, with the schema's name before it elsewhere. */
  readonly name: string
  /** Quoted and with its schema, for SQL. */
  readonly sql: string
  /** Columns that hold something of their own: not those that the server computes. */
  readonly columns: readonly GraphColumn[]
  /** A condition for the rows of the client whose `ClientId` is $1. */
  readonly where: string
  /** How many references away from `Clients`. */
  readonly depth: number
}

export interface GraphColumn {
  readonly name: string
  /** As SQL writes it, such as `character varying(200)`. */
  readonly type: string
}

interface Reference {
  readonly id: number
  readonly child: number
  readonly parent: number
  readonly child_columns: readonly string[]
  readonly parent_columns: readonly string[]
}

interface TableRow {
  readonly id: number
  readonly name: string
  readonly sql: string
}

const REFERENCES = `
  select c.oid::int8::float8 as id, c.conrelid::int8::float8 as child, c.confrelid::int8::float8 as parent,
         array(select a.attname::text from unnest(c.conkey) with ordinality k(n, i)
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.i) as child_columns,
         array(select a.attname::text from unnest(c.confkey) with ordinality k(n, i)
               join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.i) as parent_columns
  from pg_constraint c where c.contype = 'f'
    -- Those of partitions repeat their table's own; PostgreSQL 10 has no such column.
    and coalesce(to_jsonb(c) ->> 'conparentid', '0') = '0'`

const TABLES = `
  select c.oid::int8::float8 as id, format('%I.%I', n.nspname, c.relname) as sql,
         case when n.nspname = current_schema() then c.relname::text else n.nspname || '.' || c.relname end as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid = any($1::oid[])`

const COLUMNS = `
  select a.attrelid::int8::float8 as id, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a
  where a.attrelid = any($1::oid[]) and a.attnum > 0 and not a.attisdropped
    and coalesce(to_jsonb(a) ->> 'attgenerated', '') = ''
  order by a.attnum`

/** References are followed this far; more would be a circle. */
const DEEPEST = 5

/**
 * `Clients` and every table that refers to it, directly or through another, as the catalogue says: so Creatio's own
 * tables are known too. Children first.
 */
export async function clientGraph(client: Client): Promise<readonly GraphTable[]> {
  const root = await client.query<{ id: number }>(`select '"Clients"'::regclass::oid::int8::float8 as id`)
  const references = (await client.query<Reference>(REFERENCES)).rows
  const found = new Map<number, { wheres: string[]; depth: number }>()
  const ids = reachable(root.rows[0]!.id, references)
  const tables = await tablesOf(client, ids)

  const follow = (id: number, where: string, depth: number, path: readonly number[]): void => {
    const known = found.get(id) ?? { wheres: [], depth }
    found.set(id, { wheres: [...known.wheres, where], depth: Math.max(known.depth, depth) })
    if (depth === DEEPEST) return
    for (const reference of references.filter(({ parent }) => parent === id)) {
      // A table that refers to itself, or around a corner, would never end.
      if (path.includes(reference.child)) continue
      const own = reference.child_columns.map(quotedName).join(', ')
      const theirs = reference.parent_columns.map(quotedName).join(', ')
      const sql = `(${own}) in (select ${theirs} from ${tables.get(id)!.sql} where ${where})`
      follow(reference.child, sql, depth + 1, [...path, reference.child])
    }
  }
  const start = root.rows[0]!.id
  follow(start, `"ClientId" = $1`, 0, [start])

  return [...found]
    .map(([id, { wheres, depth }]) => ({
      ...tables.get(id)!,
      where: wheres.map((where) => `(${where})`).join(' or '),
      depth,
    }))
    .sort((a, b) => b.depth - a.depth || (a.name < b.name ? -1 : 1))
}

function reachable(start: number, references: readonly Reference[]): readonly number[] {
  const ids = new Set([start])
  for (const id of ids) for (const { parent, child } of references) if (parent === id) ids.add(child)
  return [...ids]
}

async function tablesOf(
  client: Client,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Pick<GraphTable, 'name' | 'sql' | 'columns'>>> {
  const tables = (await client.query<TableRow>(TABLES, [ids])).rows
  const columns = (await client.query<GraphColumn & { id: number }>(COLUMNS, [ids])).rows
  return new Map(
    tables.map(({ id, name, sql }) => [
      id,
      {
        name,
        sql,
        columns: columns
          .filter((column) => column.id === id)
          .map(({ name: of, type }) => ({ name: of, type })),
      },
    ]),
  )
}
