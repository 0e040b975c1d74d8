/** How the application pool logs on to SQL Server with `Integrated Security`. */
export interface PoolLogin {
  /** The login as SQL Server sees it. */
  readonly name: string
  readonly why: string
  /** Makes the login and gives it the rights that the service needs, for the database administrator. */
  readonly sql: string
}

export interface LoginSubject {
  readonly pool: string
  readonly identity:
    | { readonly account: 'ApplicationPoolIdentity' }
    | { readonly account: 'SpecificUser' | 'gMSA'; readonly user: string }
  /** The server of the connection string. */
  readonly server: string
  readonly database: string
  readonly machineName: string
  /** NetBIOS name of this machine's domain, where it is known. */
  readonly domain?: string
}

/**
 * The login that SQL Server will see: over the network a pool without an account of its own is the machine itself
 * (learn.microsoft.com, IIS application pool identities).
 */
export function loginOfPool(subject: LoginSubject): PoolLogin {
  const { identity, pool, server, database, machineName, domain } = subject
  if (identity.account !== 'ApplicationPoolIdentity')
    return {
      name: identity.user,
      why: 'The application pool runs as this account.',
      sql: grantSql(identity.user, database),
    }
  if (isHere(server, machineName)) {
    const name = `IIS APPPOOL\\${pool}`
    return {
      name,
      why: 'SQL Server runs on this machine and sees the pool’s own account.',
      sql: grantSql(name, database),
    }
  }
  const name = `${domain ?? 'DOMAIN'}\\${machineName.toUpperCase()}$`
  return {
    name,
    why: 'SQL Server runs on another machine: over the network the pool’s own account is this machine’s.',
    sql: grantSql(name, database),
  }
}

/** Rights to make and change tables in the database (deploy-8.0, step 7), and no more. */
function grantSql(login: string, database: string): string {
  const name = bracketed(login)
  return [
    'USE [master];',
    `IF SUSER_ID(${quoted(login)}) IS NULL CREATE LOGIN ${name} FROM WINDOWS;`,
    `USE ${bracketed(database)};`,
    `IF USER_ID(${quoted(login)}) IS NULL CREATE USER ${name} FOR LOGIN ${name};`,
    ...['db_ddladmin', 'db_datareader', 'db_datawriter'].map(
      (role) => `ALTER ROLE [${role}] ADD MEMBER ${name};`,
    ),
  ].join('\n')
}

function isHere(server: string, machineName: string): boolean {
  const host = server
    .replace(/^(?:tcp|np|lpc):/i, '')
    .split(/[\\,]/)[0]!
    .trim()
    .toLowerCase()
  const names = ['.', '(local)', 'localhost', '127.0.0.1', '::1', machineName.toLowerCase()]
  return names.includes(host) || host.startsWith(`${machineName.toLowerCase()}.`)
}

const bracketed = (name: string) => `[${name.replaceAll(']', ']]')}]`
const quoted = (text: string) => `N'${text.replaceAll("'", "''")}'`
