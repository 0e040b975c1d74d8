import { type Cause, type Found, identifier } from './cause.ts'

const STRING = 'DatabaseConnectionString in appsettings.json'

/** PostgreSQL as the service's driver (Npgsql) reports it. */
export const postgresCauses: readonly Cause[] = [
  {
    id: 'database.wrong-password',
    signs: [/28P01: password authentication failed for user "(?<user>[^"]+)"/],
    cause: ({ user }) => `PostgreSQL does not accept the password of “${user}”, or there is no such login.`,
    remedy: ({ user }) => ({
      text: `Correct the password in ${STRING}, or set a new one as administrator with psql: \\password ${identifier(user, 'user')}.`,
    }),
  },
  {
    id: 'database.no-password',
    signs: [/No password has been provided but the backend requires one/],
    cause: () => 'PostgreSQL asks for a password, and the connection string has none.',
    remedy: () => ({ text: `Put the password into ${STRING}.` }),
  },
  {
    id: 'database.no-host-rule',
    signs: [
      /no pg_hba\.conf entry for host "(?<host>[^"]+)", user "(?<user>[^"]+)", database "(?<database>[^"]+)"/,
    ],
    cause: ({ host, user }) => `PostgreSQL has no rule that lets “${user}” in from ${host}.`,
    remedy: ({ host, user, database }) => ({
      text: `Add this line to pg_hba.conf and reload the server: host ${identifier(database, 'database')} ${identifier(user, 'user')} ${host}/${host?.includes(':') ? 128 : 32} scram-sha-256`,
      sql: 'SELECT pg_reload_conf();',
    }),
  },
  {
    id: 'database.no-create-right',
    signs: [/42501: permission denied for schema (?<schema>\S+)/],
    cause: ({ schema }) =>
      `The login may not create tables in the schema ${schema}. Since PostgreSQL 15 only the owner of the database may; the service needs it at each start.`,
    remedy: ({ schema, user }) => ({
      text: 'Run this as owner of the database, then restart the service.',
      sql: `GRANT USAGE, CREATE ON SCHEMA ${identifier(schema, 'public')} TO ${identifier(user, 'user')};`,
    }),
    see: 'https://www.postgresql.org/docs/release/15.0/',
  },
  {
    id: 'database.no-table-right',
    signs: [/42501: permission denied for (?<key>(?:table|sequence) \S+)/],
    cause: ({ key }) =>
      `The login may not use the ${key}, which belongs to another login: an earlier installation may have made it.`,
    remedy: ({ user }) => ({
      text: 'Run this as owner of the tables, in the database of the service, then restart the service; or use the login of the earlier installation.',
      sql: `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${identifier(user, 'user')}; GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${identifier(user, 'user')};`,
    }),
    see: 'https://www.postgresql.org/docs/current/sql-grant.html',
  },
  {
    id: 'database.missing',
    signs: [
      /42501: permission denied to create database/,
      /3D000: database "(?<database>[^"]+)" does not exist/,
    ],
    cause: ({ database }) =>
      `The database ${database ? `“${database}” ` : 'in the connection string '}does not exist, and the login may not create it.`,
    remedy: (found) => ({
      text: `Correct the name in ${STRING}, or create the database as administrator.`,
      sql: createDatabase(found),
    }),
  },
  {
    id: 'database.tls-refused',
    signs: [/SSL connection requested\. No SSL enabled connection/],
    cause: () => 'The connection string asks for TLS, and the PostgreSQL server does not offer it.',
    remedy: () => ({ text: `Switch TLS on in PostgreSQL, or set SSL Mode=Prefer in ${STRING}.` }),
  },
  {
    id: 'database.unknown-host',
    signs: [
      /NpgsqlException.*(Name or service not known|No such host is known|Temporary failure in name resolution|nodename nor servname)/,
      /SocketException.*(Name or service not known|No such host is known|Temporary failure in name resolution)/,
    ],
    cause: () =>
      'The host in the connection string is not known where the service runs. A container knows other names than its host.',
    remedy: () => ({
      text: `Correct the host in ${STRING}; for a container use a name or address that it can resolve, or put both into one network.`,
    }),
  },
  {
    id: 'database.unreachable',
    signs: [/Failed to connect to (?<address>\S+)/],
    cause: ({ address }) => `The database does not answer at ${address}.${localhostHint(address)}`,
    remedy: ({ address }) => ({
      text: isLocal(address)
        ? `Start PostgreSQL; for a service in a container name the host's own address in ${STRING} and let PostgreSQL listen on it.`
        : 'Check that PostgreSQL runs and listens on that address (listen_addresses), the port, and the firewall between.',
    }),
  },
  {
    id: 'database.read-only',
    signs: [/25006: cannot execute .* in a read-only transaction/],
    cause: () => 'The PostgreSQL server is read-only: a standby, or set so.',
    remedy: () => ({ text: `Name the primary server in ${STRING}.` }),
  },
  {
    id: 'database.starting',
    signs: [/57P03: the database system is (?:starting up|shutting down|not yet accepting connections)/],
    cause: () => 'The PostgreSQL server was just starting or stopping.',
    remedy: () => ({ text: 'Wait until PostgreSQL accepts connections, then restart the service.' }),
  },
  {
    id: 'database.too-many-connections',
    signs: [/53300: (?:sorry, too many clients already|too many connections|remaining connection slots)/],
    cause: () => 'The PostgreSQL server has no connection left.',
    remedy: () => ({ text: 'Raise max_connections, or lower the pool size in the connection strings.' }),
  },
  {
    id: 'database.date-kind',
    signs: [/Cannot write DateTime with Kind=/],
    cause: () =>
      'This build of the service does not fit its database driver: a fault of the delivered files.',
    remedy: () => ({ text: 'Report it to Creatio support with the version of the service.' }),
    see: 'https://github.com/IdentityServer/IdentityServer4/issues/5431',
  },
  {
    id: 'database.string-not-readable',
    signs: [
      /Format of the initialization string does not conform to specification starting at index (?<index>\d+)/,
    ],
    cause: ({ index }) => `The connection string cannot be read from character ${Number(index) + 1} on.`,
    remedy: () => ({
      text: `Correct ${STRING}: name=value pairs with semicolons between; put a value with special characters into double quotes.`,
    }),
  },
  {
    id: 'database.other-provider',
    signs: [/Couldn't set (?<key>.+?) \(Parameter '/],
    cause: ({ key }) =>
      `PostgreSQL's driver does not know “${key}”: the connection string is one for SQL Server.`,
    remedy: () => ({
      text: 'Make DbProvider and DatabaseConnectionString in appsettings.json fit each other.',
    }),
  },
]

function createDatabase({ database, user }: Found): string {
  return `CREATE DATABASE ${identifier(database, 'database')} OWNER ${identifier(user, 'user')};`
}

function isLocal(address = ''): boolean {
  return /^(127\.|localhost\b|\[?::1)/.test(address)
}

function localhostHint(address: string | undefined): string {
  return isLocal(address) ? ' Inside a container that address is the container itself, not its host.' : ''
}
