import type { DatabaseDrivers } from '../../contract/database.ts'
import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString, type ConnectionParts } from '../connection/connection-string.ts'
import { encryptByDefault } from '../connection/driver-defaults.ts'
import { optionOf } from '../connection/options.ts'
import type { DatabaseTarget } from '../target.ts'

/** What the service's driver would do with a connection string, as far as connecting goes. */
export interface MssqlSettings {
  readonly host: string
  /** A named instance, whose port SQL Server Browser tells. */
  readonly instance?: string
  /** 1433 where neither a port nor an instance is named. */
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: Secret
  readonly windowsLogin: boolean
  /** `optional` encrypts the login only; `strict` is TDS 8.0. */
  readonly encrypt: 'optional' | 'mandatory' | 'strict'
  readonly trustServerCertificate: boolean
  /** The name to look for in the certificate, where it is another than the host's. */
  readonly nameInCertificate?: string
  /** Path of the one certificate that the server may show. */
  readonly serverCertificate?: string
  /** Seconds; 0 means without end. */
  readonly connectTimeout: number
  /** `ApplicationIntent=ReadOnly`: an availability group sends the login to a copy that takes no changes. */
  readonly readOnlyIntent: boolean
}

const DEFAULT_PORT = 1433
/** https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectiontimeout */
const DEFAULT_TIMEOUT = 15

/** @throws SetupError `database.connection-string` when the text is not one. */
export function mssqlSettings({
  connectionString,
  drivers,
}: Pick<DatabaseTarget, 'connectionString' | 'drivers'>): MssqlSettings {
  const parts = parseConnectionString(connectionString, 'MsSqlServer')
  const option = (canonical: string): string | undefined => optionOf(parts, 'MsSqlServer', canonical)?.trim()
  const nameInCertificate = option('Host Name In Certificate')
  const serverCertificate = option('Server Certificate')
  const timeout = Number(option('Connect Timeout') ?? DEFAULT_TIMEOUT)
  return {
    ...placeOf(parts),
    database: parts.database,
    user: parts.user,
    ...(parts.password ? { password: parts.password } : {}),
    windowsLogin: parts.windowsLogin,
    encrypt: encryptionOf(option('Encrypt'), drivers),
    trustServerCertificate: /^(true|yes)$/i.test(option('Trust Server Certificate') ?? ''),
    ...(nameInCertificate === undefined ? {} : { nameInCertificate }),
    ...(serverCertificate === undefined ? {} : { serverCertificate }),
    connectTimeout: Number.isInteger(timeout) && timeout >= 0 ? timeout : DEFAULT_TIMEOUT,
    readOnlyIntent: /^readonly$/i.test(option('Application Intent') ?? ''),
  }
}

/** Servers that are not reached by TCP are refused before; see `problemsIn`. */
function placeOf({ server, port }: ConnectionParts): Pick<MssqlSettings, 'host' | 'instance' | 'port'> {
  const [name = '', instance = ''] = server.split('\\').map((part) => part.trim())
  return {
    host: /^(\.|\(local\))$/i.test(name) ? 'localhost' : name.replace(/^\[(.*)\]$/, '$1'),
    // A port wins over an instance, for the driver too; MSSQLSERVER is the default instance's own name.
    ...(port === undefined && !/^(mssqlserver)?$/i.test(instance) ? { instance } : {}),
    port: port ?? DEFAULT_PORT,
  }
}

/** https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnectionencryptoption */
function encryptionOf(value: string | undefined, drivers?: DatabaseDrivers): MssqlSettings['encrypt'] {
  if (value === undefined) return encryptByDefault(drivers) ? 'mandatory' : 'optional'
  if (/^strict$/i.test(value)) return 'strict'
  return /^(false|no|optional)$/i.test(value) ? 'optional' : 'mandatory'
}
