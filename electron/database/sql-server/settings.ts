import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString } from '../connection/connection-string.ts'
import { normalised } from '../connection/keywords.ts'

/** What Microsoft.Data.SqlClient 4 and later would do with a connection string, as far as connecting goes. */
export interface MssqlSettings {
  readonly host: string
  /** A named instance, whose port the SQL Server Browser tells. */
  readonly instance?: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: Secret
  readonly windowsLogin: boolean
  /** On unless it is turned off. https://learn.microsoft.com/sql/connect/ado-net/introduction-microsoft-data-sqlclient-namespace */
  readonly encrypt: boolean
  readonly trustServerCertificate: boolean
}

/** @throws SetupError `database.connection-string` when the text is not one. */
export function mssqlSettings(connectionString: Secret): MssqlSettings {
  const parts = parseConnectionString(connectionString, 'MsSqlServer')
  const options = new Map(parts.options.map(({ keyword, value }) => [normalised(keyword), value]))
  const [name = '', instance] = parts.server.trim().split('\\')
  return {
    host: /^(\.|\(local\))$/i.test(name) ? 'localhost' : name,
    // A port wins over an instance, for the driver too.
    ...(instance && parts.port === undefined ? { instance } : {}),
    port: parts.port ?? 1433,
    database: parts.database,
    user: parts.user,
    ...(parts.password ? { password: parts.password } : {}),
    windowsLogin: parts.windowsLogin,
    encrypt: !/^(false|no|optional)$/i.test(options.get('encrypt') ?? ''),
    trustServerCertificate: /^(true|yes)$/i.test(options.get('trustservercertificate') ?? ''),
  }
}
