import type { ConnectionPool } from 'mssql'
import type { Evidence } from '../../contract/check.ts'
import type { Finding } from '../connection-test/layers.ts'

// Unverified on a real server: what an availability group's secondary answers here.

interface ServerFacts {
  readonly version: string
  readonly edition: string
  readonly server_collation: string
  readonly database_collation: string | null
  readonly status: string
  readonly updateability: string
  readonly user_access: string
  readonly compatibility: number
  readonly in_group: boolean
  /** 0 stands for the most that SQL Server takes, 32 767. */
  readonly most_connections: number
  /** Null where the login may not see those of others. */
  readonly connections: number | null
}

/** https://learn.microsoft.com/sql/database-engine/configure-windows/configure-the-user-connections-server-configuration-option */
const MOST_CONNECTIONS = 32_767
/** The service's driver pools up to 100 connections; with fewer left than this it is close to the end. */
const FEW_CONNECTIONS = 10
/** SQL Server 2012, the oldest that the .NET driver takes. https://learn.microsoft.com/sql/connect/ado-net/sqlclient-driver-support-lifecycle */
const OLDEST = 11
/** SQL Server 2016: https://learn.microsoft.com/ef/core/what-is-new/ef-core-8.0/breaking-changes */
const OLDEST_COMPATIBILITY = 130

const RELEASES: Readonly<Record<number, string>> = {
  10: '2008',
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
}

const FACTS = `
  select cast(serverproperty('ProductVersion') as nvarchar(128)) as version,
         cast(serverproperty('Edition') as nvarchar(128)) as edition,
         cast(serverproperty('Collation') as nvarchar(128)) as server_collation,
         cast(databasepropertyex(db_name(), 'Collation') as nvarchar(128)) as database_collation,
         cast(databasepropertyex(db_name(), 'Status') as nvarchar(128)) as status,
         cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(128)) as updateability,
         cast(databasepropertyex(db_name(), 'UserAccess') as nvarchar(128)) as user_access,
         cast(d.compatibility_level as int) as compatibility,
         cast(case when d.replica_id is null then 0 else 1 end as bit) as in_group,
         (select cast(value_in_use as int) from sys.configurations where name = 'user connections') as most_connections,
         case when has_perms_by_name(null, null, 'VIEW SERVER STATE') = 1
              then (select count(*) from sys.dm_exec_sessions where is_user_process = 1) end as connections
  from sys.databases d where d.database_id = db_id()`

/** Layer "server": what stands at the other end, and whether the database is ready to be written to. */
export async function mssqlServer(pool: ConnectionPool): Promise<Finding> {
  const server = (await pool.query<ServerFacts>(FACTS)).recordset[0]!
  const facts = evidence(server)
  return { ...judge(server), facts }
}

function judge(server: ServerFacts): Finding {
  const name = releaseOf(server)
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
  if (majorOf(server) < OLDEST)
    return {
      state: 'failed',
      summary: `${name} is older than what the service’s driver takes`,
      remedy: { text: 'Use SQL Server 2016 or later.' },
    }
  if (server.compatibility < OLDEST_COMPATIBILITY)
    return {
      state: 'warning',
      summary: `${name}, compatibility level ${server.compatibility}`,
      cause:
        'Entity Framework 8, which newer builds of the service use, expects level 130 (SQL Server 2016).',
      remedy:
        majorOf(server) * 10 >= OLDEST_COMPATIBILITY
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
    { label: 'Version', value: `${releaseOf(server)} (${server.version})` },
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
    { label: 'Connections', value: connectionsOf(server) },
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

function majorOf({ version }: ServerFacts): number {
  return Number.parseInt(version, 10)
}

function releaseOf(server: ServerFacts): string {
  const release = RELEASES[majorOf(server)]
  return release ? `SQL Server ${release}` : `SQL Server ${server.version}`
}
