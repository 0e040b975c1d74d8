import type { Client } from 'pg'
import { classifyTables, IS_TABLES, MIGRATIONS_TABLE, type IdentityTables } from '../identity-tables.ts'

// pg_class, as information_schema hides the tables that the user may not read.
const TABLES = `
  select c.relname as name
  from pg_catalog.pg_class c
  where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and c.relkind in ('r', 'p')`

/** Which tables of the service are in the schema that it would use, and how many clients they hold. */
export async function postgresTables(client: Client): Promise<IdentityTables> {
  const names = (await client.query<{ name: string }>(TABLES)).rows.map(({ name }) => name)
  const present = names.filter((name) => IS_TABLES.includes(name))
  const others = names.filter((name) => name !== MIGRATIONS_TABLE).length - present.length
  const tables = { ...classifyTables(present), others }
  if (!present.includes('Clients')) return tables
  const mayRead = await client.query<{ yes: boolean }>(
    `select has_table_privilege('"Clients"', 'SELECT') as yes`,
  )
  if (!mayRead.rows[0]?.yes) return tables
  const counted = await client.query<{ count: number }>('select count(*)::int as count from "Clients"')
  return { ...tables, clients: counted.rows[0]?.count ?? 0 }
}
