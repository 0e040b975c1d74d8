import type { Client } from 'pg'
import type { Evidence } from '../../contract/check.ts'
import type { Finding } from '../connection-test/layers.ts'
import { quotedName } from './names.ts'

/** What the server, the database and the role say about themselves; numbers of connections include this one. */
export interface ServerLook {
  readonly me: string
  readonly database: string
  readonly version: string
  /** Such as 150004 for 15.4. */
  readonly version_num: number
  readonly encoding: string
  readonly collation: string
  readonly standby: boolean
  readonly read_only: boolean
  /** Where read-only was set: `database`, `user`, `database user`, `configuration file`, `command line`, `client`, … */
  readonly read_only_source: string
  readonly superuser: boolean
  readonly max_connections: number
  /** Kept for superusers and, from PostgreSQL 16 on, for pg_use_reserved_connections. */
  readonly reserved: number
  readonly used: number
  /** -1: no limit of its own. */
  readonly database_limit: number
  readonly database_used: number
  readonly role_limit: number
  readonly role_used: number
}

// numbackends, as pg_stat_activity hides what other users' sessions are.
const LOOK = `
  select current_user as me, current_database() as database,
         current_setting('server_version') as version,
         current_setting('server_version_num')::int as version_num,
         pg_encoding_to_char(d.encoding) as encoding, d.datcollate as collation,
         pg_is_in_recovery() as standby,
         current_setting('default_transaction_read_only')::boolean as read_only,
         (select source from pg_settings where name = 'default_transaction_read_only') as read_only_source,
         r.rolsuper as superuser,
         current_setting('max_connections')::int as max_connections,
         current_setting('superuser_reserved_connections')::int
           + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved,
         (select coalesce(sum(numbackends), 0)::int from pg_stat_database) as used,
         d.datconnlimit as database_limit,
         (select numbackends from pg_stat_database s where s.datid = d.oid)::int as database_used,
         r.rolconnlimit as role_limit,
         (select count(*)::int from pg_stat_activity where usename = current_user) as role_used
  from pg_database d, pg_roles r
  where d.datname = current_database() and r.rolname = current_user`

/** Fewer free connections than this are too few for a service with a pool beside others. */
const FEW = 10

export async function lookAtServer(client: Client): Promise<ServerLook> {
  return (await client.query<ServerLook>(LOOK)).rows[0]!
}

/** Layer "server": whether the server, as it is set up and as busy as it is, suits the service. */
export function judgeServer(look: ServerLook, npgsql: number | undefined): Finding {
  const facts = factsOf(look)
  const failure = standby(look) ?? readOnly(look) ?? noConnection(look)
  if (failure) return { ...failure, facts }
  const warnings = [tooOld(look, npgsql), otherEncoding(look), fewConnections(look)].filter(
    (finding) => finding !== undefined,
  )
  const [first, ...more] = warnings
  if (!first) return { state: 'passed', summary: `PostgreSQL ${shortVersion(look)}, ${look.encoding}`, facts }
  return { ...first, summary: [first, ...more].map(({ summary }) => summary).join('; '), facts }
}

function factsOf(look: ServerLook): readonly Evidence[] {
  const { max_connections, reserved, used, database_limit, role_limit } = look
  const limits = [
    ...(role_limit >= 0 ? [`${look.me} at most ${role_limit} (${look.role_used} used)`] : []),
    ...(database_limit >= 0
      ? [`${look.database} at most ${database_limit} (${look.database_used} used)`]
      : []),
  ]
  return [
    { label: 'Version', value: `PostgreSQL ${look.version}` },
    { label: 'Encoding', value: look.encoding },
    { label: 'Collation', value: look.collation },
    {
      label: 'Connections',
      value: [
        `${freeConnections(look)} free: ${max_connections} allowed, ${reserved} kept for administrators, ${used} used`,
        ...limits,
      ].join('; '),
    },
  ]
}

/** Connections that the service could still open beside this one. */
function freeConnections(look: ServerLook): number {
  const { max_connections, reserved, used, database_limit, database_used, role_limit, role_used } = look
  const server = max_connections - (look.superuser ? 0 : reserved) - used
  // Limits of roles and databases do not bind superusers. https://www.postgresql.org/docs/current/sql-createdatabase.html
  const ofDatabase = look.superuser || database_limit < 0 ? Infinity : database_limit - database_used
  const ofRole = look.superuser || role_limit < 0 ? Infinity : role_limit - role_used
  return Math.max(0, Math.min(server, ofDatabase, ofRole))
}

function standby(look: ServerLook): Finding | undefined {
  if (!look.standby) return undefined
  return {
    state: 'failed',
    summary: 'The server is a read-only standby',
    cause: 'It copies another server (pg_is_in_recovery) and takes no changes itself.',
    remedy: { text: 'Enter the primary server.' },
  }
}

function readOnly(look: ServerLook): Finding | undefined {
  if (!look.read_only) return undefined
  const { where, sql } = readOnlySource(look)
  return {
    state: 'failed',
    summary: 'The database takes no changes: it is set to read-only',
    cause: `default_transaction_read_only is on for ${where}.`,
    remedy: sql
      ? { text: 'Let the owner of the database turn it off, and test again:', sql }
      : { text: 'Remove it from “Options” in the connection string.' },
  }
}

function readOnlySource({ me, database, read_only_source }: ServerLook): { where: string; sql?: string } {
  const role = quotedName(me)
  const base = quotedName(database)
  // The owner's session may be read-only for the same reason.
  const off = (what: string): string =>
    `BEGIN READ WRITE; ALTER ${what} SET default_transaction_read_only = off; COMMIT;`
  switch (read_only_source) {
    case 'client':
      return { where: 'this connection, by its connection string' }
    case 'database':
      return { where: `the database ${database}`, sql: off(`DATABASE ${base}`) }
    case 'user':
      return { where: `the user ${me}`, sql: off(`ROLE ${role}`) }
    case 'database user':
      return {
        where: `the user ${me} in this database`,
        sql: off(`ROLE ${role} IN DATABASE ${base}`),
      }
    default:
      return { where: 'the whole server', sql: off(`ROLE ${role} IN DATABASE ${base}`) }
  }
}

function noConnection(look: ServerLook): Finding | undefined {
  if (freeConnections(look) > 0) return undefined
  return { state: 'failed', ...CONNECTIONS, summary: 'No connection is free beside this one' }
}

function fewConnections(look: ServerLook): Finding | undefined {
  const free = freeConnections(look)
  if (free >= FEW) return undefined
  return {
    state: 'warning',
    ...CONNECTIONS,
    summary: `Only ${free} ${free === 1 ? 'connection is' : 'connections are'} free`,
  }
}

const CONNECTIONS = {
  cause: 'The service opens several connections at once; without one it answers with errors.',
  remedy: {
    text: 'Close idle connections, or raise max_connections or the limit of the user or the database.',
  },
} as const

/**
 * Npgsql supports the versions of PostgreSQL that were maintained when it came out: 6.0 those from 10 on, and each later
 * one a version more. https://www.npgsql.org/doc/compatibility.html, https://www.postgresql.org/support/versioning/
 */
function tooOld(look: ServerLook, npgsql = 8): Finding | undefined {
  const oldest = Math.max(10, npgsql + 4)
  if (look.version_num >= oldest * 10_000) return undefined
  return {
    state: 'warning',
    summary: `PostgreSQL ${shortVersion(look)} is older than Npgsql ${npgsql} supports`,
    cause: `Npgsql ${npgsql} supports PostgreSQL from ${oldest} on; with older ones nobody has tried it.`,
    remedy: { text: `Update the server to PostgreSQL ${oldest} or later.` },
  }
}

function otherEncoding({ encoding }: ServerLook): Finding | undefined {
  if (encoding === 'UTF8') return undefined
  return {
    state: 'warning',
    summary: `The database is encoded in ${encoding}, not in UTF8`,
    cause:
      encoding === 'SQL_ASCII'
        ? 'With SQL_ASCII the server takes any bytes without a look; names beyond ASCII may come back garbled.'
        : 'Characters that the encoding does not have cannot be stored.',
    remedy: { text: 'Use a database that is encoded in UTF8.' },
  }
}

function shortVersion({ version }: ServerLook): string {
  return version.split(' ')[0]!
}
