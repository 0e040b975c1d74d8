import type { DatabaseDrivers } from '../../contract/database.ts'
import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString, type ConnectionParts } from '../connection/connection-string.ts'
import { encryptByDefault } from '../connection/driver-defaults.ts'
import { readKeywordValues } from '../connection/keyword-values.ts'
import { normalised, partOf } from '../connection/keywords.ts'
import { splitServer } from '../connection/server-value.ts'
import type { DatabaseTarget } from '../target.ts'

/** What the service's driver would do with a connection string, as far as connecting goes. */
export interface MssqlSettings {
  readonly host: string
  /** How the driver would go there; this program goes by TCP only. */
  readonly way: 'tcp' | 'named-pipes' | 'shared-memory' | 'administrators' | 'local-db'
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
  const options = new Map(parts.options.map(({ keyword, value }) => [normalised(keyword), value.trim()]))
  const option = (...keywords: readonly string[]): string | undefined =>
    keywords.map((keyword) => options.get(keyword)).find((value) => value !== undefined && value !== '')
  const nameInCertificate = option('hostnameincertificate')
  const timeout = Number(option('connecttimeout', 'connectiontimeout', 'timeout') ?? DEFAULT_TIMEOUT)
  return {
    ...placeOf(parts, connectionString),
    database: parts.database,
    user: parts.user,
    ...(parts.password ? { password: parts.password } : {}),
    windowsLogin: parts.windowsLogin,
    encrypt: encryptionOf(option('encrypt'), drivers),
    trustServerCertificate: /^(true|yes)$/i.test(option('trustservercertificate') ?? ''),
    ...(nameInCertificate === undefined ? {} : { nameInCertificate }),
    connectTimeout: Number.isInteger(timeout) && timeout >= 0 ? timeout : DEFAULT_TIMEOUT,
    readOnlyIntent: /^readonly$/i.test(option('applicationintent') ?? ''),
  }
}

function placeOf(
  parts: ConnectionParts,
  connectionString: Secret,
): Pick<MssqlSettings, 'host' | 'way' | 'instance' | 'port'> {
  const written = readKeywordValues(connectionString.open()).findLast(
    ({ keyword }) => partOf(keyword) === 'server',
  )
  const prefix = splitServer('MsSqlServer', written?.value ?? '')
    .prefix.trim()
    .toLowerCase()
  const server = parts.server.trim()
  const way = wayOf(prefix, server)
  const [name = '', instance = ''] = (server.startsWith('\\\\') ? server.slice(2) : server).split('\\')
  const named =
    way === 'tcp' && parts.port === undefined && !['', 'mssqlserver'].includes(instance.trim().toLowerCase())
  return {
    host: /^(\.|\(local\))$/i.test(name.trim()) ? 'localhost' : name.trim().replace(/^\[(.*)\]$/, '$1'),
    way,
    // A port wins over an instance, for the driver too; MSSQLSERVER is the default instance's own name.
    ...(named ? { instance: instance.trim() } : {}),
    port: parts.port ?? DEFAULT_PORT,
  }
}

function wayOf(prefix: string, server: string): MssqlSettings['way'] {
  if (/^\(localdb\)/i.test(server)) return 'local-db'
  if (prefix === 'np:' || server.startsWith('\\\\')) return 'named-pipes'
  if (prefix === 'lpc:') return 'shared-memory'
  return prefix === 'admin:' ? 'administrators' : 'tcp'
}

/** https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnectionencryptoption */
function encryptionOf(value: string | undefined, drivers?: DatabaseDrivers): MssqlSettings['encrypt'] {
  if (value === undefined) return encryptByDefault(drivers) ? 'mandatory' : 'optional'
  if (/^strict$/i.test(value)) return 'strict'
  return /^(false|no|optional)$/i.test(value) ? 'optional' : 'mandatory'
}
