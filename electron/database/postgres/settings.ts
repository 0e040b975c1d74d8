import type { DatabaseDrivers } from '../../contract/database.ts'
import type { Secret } from '../../secrets/secret.ts'
import { parseConnectionString } from '../connection/connection-string.ts'
import { requireChecks, sslModeByDefault } from '../connection/driver-defaults.ts'
import { normalised } from '../connection/keywords.ts'

/** https://www.npgsql.org/doc/security.html#encryption-ssltls */
const SSL_MODES = ['Disable', 'Allow', 'Prefer', 'Require', 'VerifyCA', 'VerifyFull'] as const
export type SslMode = (typeof SSL_MODES)[number]

/** What Npgsql would do with a connection string, as far as connecting goes. */
export interface PostgresSettings {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: Secret
  /** As Npgsql reads it; undefined when the text is none of its modes. */
  readonly sslMode: SslMode | undefined
  /** The mode as written, for showing. */
  readonly sslModeText: string
  readonly trustServerCertificate: boolean
  /** Path of a PEM file that takes the place of the system's trusted certificates. */
  readonly rootCertificate?: string
  readonly searchPath?: string
  /** What is sent to the server at the start of a session, such as `-c role=…`. */
  readonly startOptions?: string
  /** Major version of the service's Npgsql, and what it makes of `SSL Mode=Require`; left out where it is not known. */
  readonly npgsql?: number
  readonly requireChecks?: ReturnType<typeof requireChecks>
}

/** @throws SetupError `database.connection-string` when the text is not one. */
export function postgresSettings(connectionString: Secret, drivers?: DatabaseDrivers): PostgresSettings {
  const parts = parseConnectionString(connectionString, 'PostgreSQL')
  const options = new Map(parts.options.map(({ keyword, value }) => [normalised(keyword), value]))
  const sslModeText = options.get('sslmode') ?? sslModeByDefault(drivers)
  const rootCertificate = options.get('rootcertificate')
  const searchPath = options.get('searchpath')
  const startOptions = options.get('options')
  return {
    // Npgsql takes an IPv6 address with or without brackets; sockets want none.
    host: parts.server.replace(/^\[(.*)\]$/, '$1'),
    port: parts.port ?? 5432,
    database: parts.database,
    user: parts.user,
    ...(parts.password ? { password: parts.password } : {}),
    sslMode: SSL_MODES.find((mode) => mode.toLowerCase() === sslModeText.toLowerCase()),
    sslModeText,
    trustServerCertificate: /^true$/i.test(options.get('trustservercertificate') ?? ''),
    ...(rootCertificate ? { rootCertificate } : {}),
    ...(searchPath ? { searchPath } : {}),
    ...(startOptions ? { startOptions } : {}),
    ...(drivers?.npgsql === undefined
      ? {}
      : { npgsql: Number.parseInt(drivers.npgsql, 10), requireChecks: requireChecks(drivers) }),
  }
}

/** Npgsql before 6.0, which has other modes and checks certificates in all that encrypt. */
export function before6(settings: PostgresSettings): boolean {
  return settings.requireChecks === 'certificate'
}

/**
 * Whether Npgsql checks the server's certificate when it encrypts with these settings.
 * https://www.npgsql.org/doc/security.html#encryption-ssltls, https://www.npgsql.org/doc/release-notes/6.0.html
 */
export function tlsVerifies(settings: PostgresSettings): boolean {
  if (before6(settings)) return !settings.trustServerCertificate
  return settings.sslMode === 'VerifyCA' || settings.sslMode === 'VerifyFull'
}
