import type { ConnectionPool } from 'mssql'
import type { Evidence } from '../../contract/check.ts'
import type { Finding } from '../connection-test/layers.ts'
import { engineName, engineOf, engineRefusal, isRelease, isSingleDatabase, type Engine } from './engine.ts'

// Unverified on a real server: what an availability group's secondary and what Azure SQL Database answer here.

interface ServerFacts extends Engine, Connections {
  readonly edition: string
  readonly server_collation: string
  readonly database_collation: string | null
  readonly status: string
  readonly updateability: string
  readonly user_access: string
  readonly compatibility: number
  readonly in_group: boolean
}

interface Connections {
  /** 0 stands for the most that SQL Server takes, 32 767. */
  readonly most_connections: number
  /** Null where the login may not see those of others, or there is nothing to see. */
  readonly connections: number | null
}

/** https://learn.microsoft.com/sql/database-engine/configure-windows/configure-the-user-connections-server-configuration-option */
const MOST_CONNECTIONS = 32_767
/** The service's driver pools up to 100 connections; with fewer left than this it is close to the end. */
const FEW_CONNECTIONS = 10
/** SQL Server 2016: https://learn.microsoft.com/ef/core/what-is-new/ef-core-8.0/breaking-changes */
const OLDEST_COMPATIBILITY = 130

const FACTS = `
  select cast(serverproperty('Edition') as nvarchar(128)) as edition,
         cast(serverproperty('Collation') as nvarchar(128)) as server_collation,
         cast(databasepropertyex(db_name(), 'Collation') as nvarchar(128)) as database_collation,
         cast(databasepropertyex(db_name(), 'Status') as nvarchar(128)) as status,
         cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(128)) as updateability,
         cast(databasepropertyex(db_name(), 'UserAccess') as nvarchar(128)) as user_access,
         cast(d.compatibility_level as int) as compatibility,
         cast(case when d.replica_id is null then 0 else 1 end as bit) as in_group
  from sys.databases d where d.database_id = db_id()`

const CONNECTIONS = `
  select (select cast(value_in_use as int) from sys.configurations where name = 'user connections') as most_connections,
         case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1
              then (select count(*) from sys.dm_exec_sessions where is_user_process = 1) end as connections`
/** Of a database in the cloud its price decides; the server has no setting for it. */
const NOT_TOLD: Connections = { most_connections: 0, connections: null }

/** Layer "server": what stands at the other end, and whether the database is ready to be written to. */
export async function mssqlServer(pool: ConnectionPool): Promise<Finding> {
  const engine = await engineOf(pool)
  const refusal = engineRefusal(engine)
  if (refusal) return { state: 'failed', ...refusal, facts: [versionOf(engine)] }
  const about = (await pool.query<Omit<ServerFacts, keyof Connections>>(FACTS)).recordset[0]!
  const connections = isSingleDatabase(engine)
    ? NOT_TOLD
    : (await pool.query<Connections>(CONNECTIONS)).recordset[0]!
  const server: ServerFacts = { ...about, ...engine, ...connections }
  return { ...judge(server), facts: evidence(server) }
}

function judge(server: ServerFacts): Finding {
  const name = engineName(server)
  if (server.updateability === 'READ_ONLY') return readOnly(server)
  if (server.user_access === 'SINGLE_USER')
    return {
      state: 'warning',
      summary: 'The database takes one connection at a time (SINGLE_USER)',
      remedy: {
        text: 'Let the owner of the database run:',
        sql: 'ALTER DATABASE CURRENT SET MULTI_USER;',
      },
    }
  if (server.user_access === 'RESTRICTED_USER')
    return {
      state: 'warning',
      summary: 'The database takes its owners and administrators only (RESTRICTED_USER)',
      cause: 'The login is one of them; once it gets lesser rights, it is locked out.',
      remedy: {
        text: 'Let the owner of the database run:',
        sql: 'ALTER DATABASE CURRENT SET MULTI_USER;',
      },
    }
  if (server.compatibility < OLDEST_COMPATIBILITY)
    return {
      state: 'warning',
      summary: `${name}, compatibility level ${server.compatibility}`,
      cause:
        'Entity Framework 8, which newer builds of the service use, expects level 130 (SQL Server 2016).',
      remedy: isRelease(server, OLDEST_COMPATIBILITY / 10)
        ? {
            text: 'Let the owner of the database raise the level:',
            sql: `ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = ${OLDEST_COMPATIBILITY};`,
          }
        : { text: 'Use SQL Server 2016 or later.' },
    }
  const free = freeOf(server)
  if (free !== undefined && free < FEW_CONNECTIONS)
    return {
      state: 'warning',
      summary: `${name}; only ${free} connections are free`,
      remedy: {
        text: 'Let an administrator raise “user connections”, or close programs that hold connections.',
      },
    }
  return { state: 'passed', summary: `${name}, ${server.edition}` }
}

function readOnly({ in_group }: ServerFacts): Finding {
  return {
    state: 'failed',
    summary: in_group
      ? 'The database is a read-only copy of an availability group'
      : 'The database is read-only',
    cause: in_group
      ? 'The server holds a secondary replica, or the connection string says ApplicationIntent=ReadOnly.'
      : 'It was set so, or the server holds a standby of it.',
    remedy: in_group
      ? {
          text: 'Enter the listener of the availability group or its primary server, without ApplicationIntent=ReadOnly.',
        }
      : {
          text: 'Let the owner of the database run:',
          sql: 'ALTER DATABASE CURRENT SET READ_WRITE;',
        },
  }
}

function evidence(server: ServerFacts): readonly Evidence[] {
  return [
    versionOf(server),
    { label: 'Edition', value: server.edition },
    { label: 'Collation of the server', value: server.server_collation },
    {
      label: 'Collation of the database',
      value: server.database_collation ?? 'none: the database is not open',
    },
    { label: 'Compatibility level', value: String(server.compatibility) },
    {
      label: 'Database',
      value: [
        server.status,
        server.updateability,
        server.user_access,
        ...(server.in_group ? ['availability group'] : []),
      ].join(', '),
    },
    ...(isSingleDatabase(server) ? [] : [{ label: 'Connections', value: connectionsOf(server) }]),
  ]
}

function connectionsOf(server: ServerFacts): string {
  const most = server.most_connections || MOST_CONNECTIONS
  const free = freeOf(server)
  return free === undefined
    ? `at most ${most}; how many are open is told to administrators only`
    : `${server.connections} open, ${free} free of ${most}`
}

function freeOf({ most_connections, connections }: ServerFacts): number | undefined {
  return connections === null ? undefined : (most_connections || MOST_CONNECTIONS) - connections
}

function versionOf(engine: Engine): Evidence {
  return { label: 'Version', value: `${engineName(engine)} (${engine.version})` }
}
