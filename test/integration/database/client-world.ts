import pg from 'pg'
import type { ClientRows, IdentityDatabase } from '../../../electron/database/identity-database.ts'
import { openDatabase } from '../../../electron/database/open-database.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { CLIENT_TABLES } from '../../../electron/practice/service/schema/clients.ts'
import { startServer } from './fixtures.ts'

/** Tables that no version of IdentityServer4 has, with what JSON has no word for. */
const CREATIOS_OWN = `
  create type "Mood" as enum ('calm', 'hot; "x"');
  create schema "Other One";
  create table "ClientExtras" (
    "Number" bigint generated always as identity primary key, "Client" int not null references "Clients" ("Id"),
    "Bytes" bytea, "When" timestamp, "Day" date, "Until" timestamptz, "Amount" numeric(30, 10), "Real" double precision,
    "Doc" jsonb, "Tags" text[], "Mood" "Mood", "Span" interval, "Key" uuid,
    "Twice" int generated always as (2) stored);
  create table "Other One"."Extra's ""Notes""" (
    "Id" int primary key, "Extra" bigint not null references "ClientExtras" ("Number"), "Text" text);
  create table "ClientFriends" (
    "Id" int primary key, "One" int references "Clients" ("Id"), "Other" int references "Clients" ("Id"));`

/** A client with rows in every kind of table. */
export const clientSql = (id: number, clientId: string): string => `
  insert into "Clients" select * from jsonb_populate_record(null::"Clients",
    (select jsonb_object_agg(column_name, case data_type when 'boolean' then 'true'::jsonb when 'integer' then '1'::jsonb
       when 'timestamp with time zone' then '"2026-01-02T03:04:05.123456+03:00"'::jsonb else '"x"'::jsonb end)
     from information_schema.columns where table_name = 'Clients')
    || jsonb_build_object('Id', ${id}, 'ClientId', '${clientId}'));
  insert into "ClientScopes" ("Scope", "ClientId") values ('a', ${id}), ('b', ${id});
  insert into "ClientSecrets" ("Type", "Value", "Created", "ClientId") values ('SharedSecret', 'hash', '0044-03-15 12:00:00+00 BC', ${id});
  insert into "ClientClaims" ("Type", "Value", "ClientId") values ('t', E'line\\nж 😀 ''"\\\\', ${id});
  insert into "ClientExtras" ("Client", "Bytes", "When", "Day", "Until", "Amount", "Real", "Doc", "Tags", "Mood", "Span", "Key")
    values (${id}, '\\x00ff5c', '2026-01-02 03:04:05.000001', '2026-02-03', 'infinity', 12345678901234567890.0123456789, 0.1::float8 + 0.2,
      '{"a": [1, "\\u00e4"]}', '{a,"b, \\"c\\"",null}', 'hot; "x"', '1 year 2 days 03:04:05.678', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
  insert into "Other One"."Extra's ""Notes""" select ${id}, max("Number"), 'note' from "ClientExtras" where "Client" = ${id};`

export interface ClientWorld {
  readonly port: number
  /** Runs SQL as the superuser. */
  sql(text: string): Promise<pg.QueryResult<{ row: string }>>
  /** A session of the superuser's, to be ended by the caller. */
  session(): Promise<pg.Client>
  /** How many sessions of the service's user wait for a lock. */
  waiting(): Promise<number>
  /** Everything in the tables of clients, as the server itself puts it. */
  everything(): Promise<string>
  /** The clients `old` (7) and `other` (8) again, and nothing else. */
  reset(): Promise<void>
  /** The database for the service's user, possibly by way of a proxy. */
  target(port?: number): DatabaseTarget
  /** Works as the service's user, possibly by way of a proxy. */
  using<T>(work: (database: IdentityDatabase) => Promise<T>, port?: number): Promise<T>
  /** The rows of `old`, as a file would hold them. */
  kept(): Promise<ClientRows>
  remove(): Promise<void>
}

const TABLES = [
  '"Clients"',
  '"ClientScopes"',
  '"ClientSecrets"',
  '"ClientClaims"',
  '"ClientExtras"',
  '"ClientFriends"',
  `"Other One"."Extra's ""Notes"""`,
]

/** A server with the service's tables and more, and two clients in them. */
export async function startClientWorld(): Promise<ClientWorld> {
  const server = await startServer()
  const { host, port, user, password, database } = server
  const session = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host, port, user, database, password: password.open() })
    await client.connect()
    return client
  }
  const admin = await session()
  await admin.query(`create role service login password 'right'; grant create on schema public to service`)
  await admin.query(`${CLIENT_TABLES}; ${CREATIOS_OWN}`)
  await admin.query(`
    alter table "ClientExtras" owner to service;
    grant usage on schema "Other One" to service;
    grant select, insert, update, delete on all tables in schema "Other One" to service;
    grant select, insert, update, delete on all tables in schema public to service`)
  const sql: ClientWorld['sql'] = (text) => admin.query<{ row: string }>(text)
  const target: ClientWorld['target'] = (by = port) => ({
    provider: 'PostgreSQL',
    connectionString: server.as('service', 'right', `Port=${by};`),
  })
  const using: ClientWorld['using'] = async (work, by) => {
    const opened = await openDatabase(realMachine(), target(by))
    return work(opened).finally(() => opened.close())
  }
  return {
    port,
    sql,
    target,
    using,
    session,
    waiting: async () =>
      (await sql(`select from pg_stat_activity where usename = 'service' and wait_event_type = 'Lock'`))
        .rowCount!,
    everything: async () => {
      const rows = TABLES.map(
        (table) => `select '${table.replaceAll("'", "''")}' || t::text as row from ${table} t`,
      )
      return JSON.stringify((await sql(`${rows.join(' union all ')} order by 1`)).rows)
    },
    reset: async () => {
      await sql(`
        truncate "Clients", "ClientExtras", "Other One"."Extra's ""Notes""", "ClientFriends" cascade;
        ${clientSql(7, 'old')} ${clientSql(8, 'other')}
        insert into "ClientFriends" values (1, 7, 7), (2, 8, null)`)
    },
    kept: async () => {
      const rows = await using((opened) => opened.rowsOf('old'))
      return JSON.parse(JSON.stringify(rows)) as ClientRows
    },
    remove: async () => {
      await admin.end()
      await server.remove()
    },
  }
}
