/** The database as the settings of a service name it. The connection string is a secret; it may be empty. */
export interface NamedConnection {
  readonly provider: 'PostgreSQL' | 'MsSqlServer'
  readonly connectionString: string
}

/**
 * Which connection string a service uses: `DatabaseConnectionString`, or where that says nothing the key of its provider,
 * as the vendor's manual for containers names it (Academy, “Install the Identity Service using Docker”).
 * @param value of a setting by its key, as the service sees it: a variable of its environment before `appsettings.json`
 */
export function connectionNamed(value: (key: string) => string | undefined): NamedConnection {
  const postgres = /postgre/i.test(value('DbProvider') ?? '')
  const ofProvider = postgres ? 'PostgresConnection' : 'MsSqlConnection'
  const written = ['DatabaseConnectionString', ofProvider].map(value)
  return {
    provider: postgres ? 'PostgreSQL' : 'MsSqlServer',
    connectionString: written.find((text) => text !== undefined && text.trim() !== '') ?? '',
  }
}
