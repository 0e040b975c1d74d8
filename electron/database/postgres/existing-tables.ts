import type { Client } from 'pg'
import { IS_TABLES, MIGRATIONS_TABLE } from '../identity-tables.ts'
import type { Finding } from '../connection-test/layers.ts'

/** What the user may not do with a table of the service that is there. */
export interface TableRights {
  readonly name: string
  /** Quoted and with its schema, for SQL. */
  readonly table: string
  readonly owner: string
  /** Only the owner, or a member of the owner, may change or drop a table. */
  readonly owned: boolean
  /** Of SELECT, INSERT, UPDATE and DELETE. */
  readonly missing: readonly string[]
  /** Sequences that fill a column and may not be used, quoted; identity columns ask for no right of their own. */
  readonly sequences: readonly string[]
}

const RIGHTS = `
  select c.relname as name, format('%I.%I', n.nspname, c.relname) as table,
         pg_get_userbyid(c.relowner) as owner, pg_has_role(current_user, c.relowner, 'USAGE') as owned,
         array(select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
               where not has_table_privilege(c.oid, p)) as missing,
         array(select format('%I.%I', sn.nspname, s.relname)::text from pg_depend d
               join pg_class s on s.oid = d.objid and s.relkind = 'S'
               join pg_namespace sn on sn.oid = s.relnamespace
               -- The planner may ask before it has looked at the kind, and the function refuses an index.
               where d.refobjid = c.oid and d.deptype = 'a'
                 and case s.relkind when 'S' then not has_sequence_privilege(s.oid, 'USAGE') end) as sequences
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and c.relkind in ('r', 'p') and c.relname = any($1)
  order by c.relname`

/** The rights that are missing on tables of the service; empty where none are. */
export async function existingTableRights(client: Client): Promise<readonly TableRights[]> {
  const { rows } = await client.query<TableRights>(RIGHTS, [[...IS_TABLES, MIGRATIONS_TABLE]])
  return rows.filter(({ owned, missing, sequences }) => !owned || missing.length + sequences.length > 0)
}

/** @param me quoted where SQL needs it. Undefined when nothing is missing. */
export function judgeExistingTables(lacking: readonly TableRights[], me: string): Finding | undefined {
  const closed = lacking.filter(({ missing, sequences }) => missing.length + sequences.length > 0)
  const foreign = lacking.filter(({ owned }) => !owned)
  if (closed.length > 0)
    return {
      state: 'failed',
      summary: `May not use ${namesOf(closed)} of an earlier installation`,
      cause: `${lacks(closed)}.`,
      remedy: {
        text: 'Use the user that the earlier installation used, or let the owner of the tables run:',
        sql: [...ownership(foreign, me), ...grants(closed, me)].join('\n'),
      },
    }
  if (foreign.length === 0) return undefined
  const owners = [...new Set(foreign.map(({ owner }) => owner))].sort()
  return {
    state: 'warning',
    summary: `Tables of the service belong to ${owners.join(', ')}`,
    cause: 'Only their owner may change them, which the service does when it is updated.',
    remedy: {
      text: 'Use the user that the earlier installation used, or make this one the owner:',
      sql: ownership(foreign, me).join('\n'),
    },
  }
}

/** What is missing on which tables, those that lack the same together. */
function lacks(tables: readonly TableRights[]): string {
  const found = new Map<string, string[]>()
  for (const { name, missing, sequences } of tables)
    for (const what of [
      ...(missing.length > 0 ? [missing.join(', ')] : []),
      ...sequences.map((one) => `USAGE of ${one}`),
    ])
      found.set(what, [...(found.get(what) ?? []), name])
  return [...found]
    .map(([what, names], i) => `${i === 0 ? 'No' : 'no'} ${what} on ${names.join(', ')}`)
    .join('; ')
}

function ownership(tables: readonly TableRights[], me: string): string[] {
  return tables.map(({ table }) => `ALTER TABLE ${table} OWNER TO ${me};`)
}

function grants(tables: readonly TableRights[], me: string): string[] {
  return (
    tables
      // A new owner has every right, and the sequences of the table with it.
      .filter(({ owned }) => owned)
      .flatMap(({ table, missing, sequences }) => [
        ...(missing.length > 0 ? [`GRANT ${missing.join(', ')} ON ${table} TO ${me};`] : []),
        ...sequences.map((sequence) => `GRANT USAGE ON SEQUENCE ${sequence} TO ${me};`),
      ])
  )
}

/** The first few names. */
function namesOf(tables: readonly TableRights[]): string {
  const names = tables.map(({ name }) => name)
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more tables`
}
