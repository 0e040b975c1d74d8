import { bracketed, type Cause } from './cause.ts'

const STRING = 'DatabaseConnectionString in appsettings.json'

/** SQL Server as the service's driver (Microsoft.Data.SqlClient) reports it. */
export const sqlServerCauses: readonly Cause[] = [
  {
    id: 'sql-server.keyword',
    signs: [/Keyword not supported: '(?<key>[^']+)'/],
    cause: ({ key = '' }) =>
      /^async/i.test(key)
        ? `The connection string was copied from a .NET Framework program; the service's driver refuses “${key}”.`
        : `SQL Server's driver does not know “${key}”: it is misspelt, or the connection string is one for PostgreSQL.`,
    remedy: ({ key }) => ({ text: `Remove “${key}” from ${STRING}, or make DbProvider fit.` }),
    see: 'https://github.com/dotnet/SqlClient/issues/73',
  },
  {
    id: 'sql-server.untrusted',
    signs: [
      /certificate chain was issued by an authority that is not trusted/i,
      /The remote certificate was rejected by the provided RemoteCertificateValidationCallback/,
    ],
    cause: () =>
      'The driver encrypts since its version 4 and does not trust the certificate of the SQL Server, which is its own self-signed one unless set up otherwise.',
    remedy: () => ({
      text: `Give SQL Server a certificate that this machine trusts; or, where the network between is yours, add TrustServerCertificate=True to ${STRING}.`,
    }),
    see: 'https://github.com/dotnet/SqlClient/issues/1836',
  },
  {
    id: 'sql-server.no-kerberos',
    signs: [/Cannot authenticate using Kerberos/],
    cause: () => 'The connection string uses Windows login, and a Linux container has no Windows account.',
    remedy: () => ({
      text: `Use a SQL Server login in ${STRING}: User ID and Password instead of Integrated Security.`,
    }),
  },
  {
    id: 'sql-server.not-found',
    signs: [
      /error: (?:26 - Error Locating Server|40 - Could not open a connection)/,
      /A network-related or instance-specific error occurred/,
    ],
    cause: () => 'No SQL Server answers at that name, or its named instance cannot be found.',
    remedy: () => ({
      text: 'Check the name and the firewall; for a named instance start SQL Server Browser and open UDP 1434, or write host,port instead.',
    }),
  },
  {
    id: 'sql-server.no-database',
    signs: [/Cannot open database "(?<database>[^"]+)" requested by the login/],
    facts: [/Login failed for user '(?<user>[^']*)'/],
    cause: ({ database }) => `The database “${database}” does not exist, or the login has no user in it.`,
    remedy: ({ database, user }) => ({
      text: `Correct the name in ${STRING}, or give the login a user in that database.`,
      sql: [
        `USE ${bracketed(database, 'database')};`,
        `CREATE USER ${bracketed(user, 'user')} FOR LOGIN ${bracketed(user, 'user')};`,
        `ALTER ROLE db_owner ADD MEMBER ${bracketed(user, 'user')};`,
      ].join('\n'),
    }),
  },
  {
    id: 'sql-server.login',
    signs: [/Login failed for user '(?<user>[^']*)'/],
    cause: ({ user = '' }) =>
      isWindowsAccount(user)
        ? `With Windows login the service appears as “${user}”, the account of its application pool, and SQL Server has no login for it.`
        : `SQL Server does not accept the login “${user}” with that password.`,
    remedy: ({ user = '' }) =>
      isWindowsAccount(user)
        ? {
            text: 'Create a login for that account as administrator, and a user in the database.',
            sql: `CREATE LOGIN ${bracketed(user, 'user')} FROM WINDOWS;`,
          }
        : {
            text: `Correct User ID and Password in ${STRING}; SQL Server must allow SQL Server logins (mixed mode).`,
          },
  },
  {
    id: 'sql-server.no-create-right',
    signs: [/CREATE (?:TABLE|DATABASE) permission denied in database '(?<database>[^']+)'/],
    cause: ({ database }) =>
      `The login may not create tables in “${database}”; the service needs it at each start.`,
    remedy: ({ user }) => ({
      text: 'Run this in that database as its owner, then restart the service.',
      sql: `ALTER ROLE db_ddladmin ADD MEMBER ${bracketed(user, 'user')};\nALTER ROLE db_datareader ADD MEMBER ${bracketed(user, 'user')};\nALTER ROLE db_datawriter ADD MEMBER ${bracketed(user, 'user')};`,
    }),
  },
]

function isWindowsAccount(user: string): boolean {
  return user.includes('\\')
}
